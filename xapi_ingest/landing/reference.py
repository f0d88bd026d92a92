"""Files of reference tables into the landing: whole, or not at all."""

from pathlib import Path
from time import perf_counter

import pyarrow as pa
import pyarrow.dataset as ds

from xapi_ingest.errors import InputError
from xapi_ingest.landing.batches import Batch, Counts, batch_id_from, commit
from xapi_ingest.landing.contracts.contract import Load
from xapi_ingest.landing.contracts.examine import examine
from xapi_ingest.landing.contracts.registry import CONTRACTS
from xapi_ingest.landing.files import write_parquet_atomically
from xapi_ingest.landing.intake import Intake
from xapi_ingest.landing.report import FileReport
from xapi_ingest.settings import Settings
from xapi_ingest.sources.files import InputFile


def land_reference(
    file: InputFile, batch: Batch, *, settings: Settings, intake: Intake, report: FileReport
) -> None:
    """Land the snapshot in ``file`` if it keeps its contract; else nothing, and say all reasons.

    Raises:
        InputError: The file breaks its contract, or cannot be read.
    """
    began = perf_counter()
    contract = CONTRACTS[batch.table_name]
    examined = examine(file.path, contract, on_bytes=intake.parsed)
    intake.check_unchanged()
    faults = examined.faults
    if faults:
        report.faults = faults
        noun = "place" if len(faults) == 1 else "places"
        raise InputError(
            f"breaks the contract of {batch.table_name} in {len(faults)} {noun}; nothing of it has "
            "landed and the last good snapshot stands.",
            remedy="Correct the places named and ingest it again.",
        )
    rows = examined.rows
    if not rows:
        raise InputError("has a header and no rows.", remedy="Export it again.")
    for row in rows:
        row["batch_id"], row["loaded_at"] = batch.batch_id, batch.loaded_at
    table = pa.Table.from_pylist(rows, schema=contract.schema)
    write_parquet_atomically(table, batch.path(settings.landing, batch.table_name))
    report.accepted_count = len(rows)
    commit(settings.landing, batch, Counts(len(rows), 0, perf_counter() - began))


def batch_id_of_snapshot(landing: Path, source_name: str, table: str, batch_id: str) -> str:
    """The id under which a snapshot lands.

    The last snapshot of a source is in force. When an older one comes again after another, it has
    to land again, under an id that also names what it replaces; while it is in force, it is known.
    """
    if CONTRACTS[table].load is Load.LOG:
        return batch_id  # adds to what is there: once is enough
    landed = _landed_ids(landing, source_name, table)
    if batch_id not in landed:
        return batch_id
    renewed = [batch_id_from(before, batch_id.encode()) for before in landed]
    if landed[-1] == batch_id or landed[-1] in renewed:
        return landed[-1]
    return renewed[-1]


def _landed_ids(landing: Path, source_name: str, table: str) -> list[str]:
    """Committed batches of the table, oldest first."""
    paths = (landing / "batches" / f"source={source_name}").glob("loaded_date=*/*.parquet")
    files = sorted(str(path) for path in paths)
    if not files:
        return []
    columns = ["batch_id", "loaded_at"]
    rows = ds.dataset(files).to_table(columns=columns, filter=ds.field("table_name") == table)
    ids: list[str] = rows.sort_by("loaded_at")["batch_id"].to_pylist()
    return ids
