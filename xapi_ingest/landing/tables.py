"""The landing's tables by name, each with a file of no rows.

So every reader finds a table's columns before its first batch has landed.
"""

from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from xapi_ingest.landing.contracts.registry import REFERENCE_TABLES
from xapi_ingest.landing.files import write_parquet_atomically
from xapi_ingest.landing.schema import (
    BATCHES,
    REFUSALS,
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
    "refusals": REFUSALS,
    **REFERENCE_TABLES,
}


def ensure_tables(landing: Path) -> None:
    """Give each table a file of no rows where there is none of the present columns."""
    for name, schema in TABLES.items():
        path = landing / name / "source=_none" / "loaded_date=1970-01-01" / "empty.parquet"
        if not _is_there(path, schema):
            # Dozens of files: to flush each to disk takes seconds, and a lost one is made again.
            write_parquet_atomically(schema.empty_table(), path, is_durable=False)


def _is_there(path: Path, schema: pa.Schema) -> bool:
    try:
        return bool(pq.read_schema(path).equals(schema))
    except (FileNotFoundError, pa.ArrowInvalid):
        return False
