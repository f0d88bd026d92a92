"""What the programmes' courses truly do to what people know, by skill, person and week."""

from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from xapi_ingest.simulator.programmes import CATALOGUE
from xapi_ingest.simulator.skills import PLACE
from xapi_ingest.simulator.week import Week

SKILLS_FILE: Final = "skill_effects.parquet"
LEAST_EFFECT: Final = 1e-6
_SCHEMA: Final = pa.schema([
    ("programme_id", pa.string()), ("skill_id", pa.string()), ("employee_id", pa.string()),
    ("week_start_date", pa.date32()), ("level", pa.float64()), ("effect", pa.float64()),
])  # fmt: skip


class SkillEffects:
    """The table of effects on skills, written week by week.

    ``level`` is what a person knows at the end of the week, from 0 to 1; ``effect`` how much of it
    would not be there without the programme that teaches the skill. People whom it did not change
    have no row.
    """

    def __init__(self, folder: Path) -> None:
        self._writer = pq.ParquetWriter(folder / SKILLS_FILE, _SCHEMA, compression="zstd")

    def record(self, week: Week) -> None:
        """Add the rows of a week."""
        knowledge, names = week.knowledge, week.people.employee_id
        for programme in CATALOGUE:
            place = PLACE[programme.skill_id]
            effect = knowledge.level[:, place] - knowledge.without[:, place]
            changed = np.flatnonzero(effect > LEAST_EFFECT)
            if not len(changed):
                continue
            columns: dict[str, Any] = {
                "programme_id": pa.repeat(programme.programme_id, len(changed)),
                "skill_id": pa.repeat(programme.skill_id, len(changed)),
                "employee_id": [names[n] for n in changed.tolist()],
                "week_start_date": pa.repeat(pa.scalar(week.monday), len(changed)),
                "level": knowledge.level[changed, place],
                "effect": effect[changed],
            }
            self._writer.write_table(pa.table(columns, schema=_SCHEMA))

    def close(self) -> None:
        """Finish the file."""
        self._writer.close()
