"""What HR exports about people and units."""

from typing import Any

import numpy as np

from xapi_ingest.simulator.names import LOCATIONS
from xapi_ingest.simulator.organisation import Org
from xapi_ingest.simulator.population import People
from xapi_ingest.simulator.vocabulary import DOMAIN


def employee_rows(people: People, org: Org) -> list[tuple[Any, ...]]:
    """The rows of HR's employee file, in its column order."""
    rows = []
    for n in range(people.employee_count):
        location, zone, _ = LOCATIONS[int(people.zone[n])]
        boss = int(people.manager[n])
        rows.append((
            people.employee_id[n], people.full_name[n], f"{people.username[n]}@{DOMAIN}",
            people.username[n], org.rows[int(people.unit[n])][0],
            people.employee_id[boss] if boss >= 0 else "", people.role_family[n], location, zone,
            "true" if people.is_frontline[n] else "false", str(people.hire_date[n]),
            "" if np.isnat(people.leave_date[n]) else str(people.leave_date[n]),
        ))  # fmt: skip
    return rows
