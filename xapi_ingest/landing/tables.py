"""The landing's tables by name, each with a file of no rows.

So every reader finds a table's columns before its first batch has landed.
"""

from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from xapi_ingest.landing.files import write_parquet_atomically
from xapi_ingest.landing.schema import (
    BATCHES,
    REFERENCE_TABLES,
    REJECTED,
    RESOLUTIONS,
    RUNS,
    STATEMENTS,
)

TABLES: Final[dict[str, pa.Schema]] = {
    "statements": STATEMENTS,
    "rejected": REJECTED,
    "resolutions": RESOLUTIONS,
    "batches": BATCHES,
    "runs": RUNS,
    **REFERENCE_TABLES,
}


def ensure_tables(landing: Path) -> None:
    """Give each table a file of no rows where there is none of the present columns."""
    for name, schema in TABLES.items():
        path = landing / name / "source=_none" / "loaded_date=1970-01-01" / "empty.parquet"
        if not path.exists() or not pq.read_schema(path).equals(schema):
            write_parquet_atomically(schema.empty_table(), path)
