"""The tree of units: company, divisions, departments, teams."""

from dataclasses import dataclass
from typing import Final

from xapi_ingest.simulator.names import DIVISIONS

PEOPLE_PER_TEAM: Final = 15


@dataclass(frozen=True)
class Org:
    """The tree of units: ``rows`` are id, name and parent; places refer to rows."""

    rows: list[tuple[str, str, str]]
    divisions: list[int]
    departments: list[int]
    teams: list[int]
    parent: list[int]
    role: dict[int, tuple[str, bool]]  # department → role family, front line


def found_org(employees: int) -> Org:
    """Company → three divisions → eight departments → teams of about fifteen."""
    rows = [("company", "Hinode Group", "")]
    parent, divisions, departments, role = [-1], [], [], {}
    for number, (division, members) in enumerate(DIVISIONS, start=1):
        divisions.append(len(rows))
        rows.append((f"div-{number}", division, "company"))
        parent.append(0)
        for name, family, is_frontline in members:
            place = len(rows)
            departments.append(place)
            role[place] = (family, is_frontline)
            rows.append((f"dep-{len(departments):02d}", name, f"div-{number}"))
            parent.append(divisions[-1])
    teams = []
    for number in range(max(len(departments), round(employees / PEOPLE_PER_TEAM))):
        home = departments[number % len(departments)]
        serial = number // len(departments) + 1
        teams.append(len(rows))
        rows.append((f"team-{number + 1:04d}", f"{rows[home][1]} {serial}", rows[home][0]))
        parent.append(home)
    return Org(rows, divisions, departments, teams, parent, role)
