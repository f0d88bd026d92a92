"""Rows of reference tables into the landing: a file or a query's result whole, or not at all."""

from collections.abc import Callable, Iterable
from pathlib import Path
from time import perf_counter

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from xapi_ingest.archives.guard import UnpackLimits
from xapi_ingest.errors import InputError
from xapi_ingest.landing.batches import Batch, Counts, batch_id_from, commit
from xapi_ingest.landing.contracts.check import Chunk, Faults
from xapi_ingest.landing.contracts.contract import Load
from xapi_ingest.landing.contracts.csv_rows import CsvRows
from xapi_ingest.landing.contracts.registry import CONTRACTS
from xapi_ingest.landing.files import replacing
from xapi_ingest.landing.intake import Intake
from xapi_ingest.landing.report import FileReport
from xapi_ingest.landing.table_text import csv_blocks
from xapi_ingest.settings import Settings
from xapi_ingest.sources.files import InputFile


def land_reference(
    file: InputFile, batch: Batch, *, settings: Settings, intake: Intake, report: FileReport
) -> None:
    """Land the rows of ``file`` if it keeps its contract; else nothing, and say all reasons.

    Raises:
        InputError: The file breaks its contract, or cannot be read.
    """
    contract = CONTRACTS[batch.table_name]
    blocks = csv_blocks(file, limits=UnpackLimits.of(settings), on_bytes=intake.parsed)
    reading = CsvRows(blocks, contract, Faults())
    land_rows(
        reading.checked(),
        reading.faults,
        batch,
        landing=settings.landing,
        report=report,
        check=intake.check_unchanged,
    )


def land_rows(  # noqa: PLR0913  (what a batch is made of)
    chunks: Iterable[Chunk],
    faults: Faults,
    batch: Batch,
    *,
    landing: Path,
    report: FileReport,
    check: Callable[[], None] = lambda: None,
) -> None:
    """Write the rows beside their place, and move them in if nothing is wrong with any.

    Args:
        chunks: The rows, each chunk checked.
        faults: What the checks say, filled as ``chunks`` are taken.
        batch: What they land as.
        landing: Where.
        report: Is told how many there are, or what is wrong.
        check: Called when all have been read; raises what forbids them to land.

    Raises:
        InputError: The rows break the contract, or there are none.
    """
    began = perf_counter()
    schema = CONTRACTS[batch.table_name].schema
    count = 0
    with replacing(batch.path(landing, batch.table_name)) as beside:
        with pq.ParquetWriter(beside, schema, compression="zstd") as writer:
            for rows, _ in chunks:
                count += len(rows)
                if rows and not faults.count:
                    writer.write_table(_table(rows, batch, schema))
        check()
        report.faults = faults
        if faults.count:
            raise _broken(batch.table_name, faults.count)
        if not count:
            raise InputError("has a header and no rows.", remedy="Export it again.")
    report.accepted_count = count
    commit(landing, batch, Counts(count, 0, perf_counter() - began))


def _table(rows: list[dict[str, object]], batch: Batch, schema: pa.Schema) -> pa.Table:
    for row in rows:
        row["batch_id"], row["loaded_at"] = batch.batch_id, batch.loaded_at
    return pa.Table.from_pylist(rows, schema=schema)


def _broken(table_name: str, count: int) -> InputError:
    places = "1 place" if count == 1 else f"{count:,} places"
    return InputError(
        f"breaks the contract of {table_name} in {places}; nothing of it has landed and the last "
        "good snapshot stands.",
        remedy="Correct the places named and ingest it again.",
    )


def batch_id_of_snapshot(landing: Path, source_name: str, table: str, batch_id: str) -> str:
    """The id under which a snapshot lands.

    The last snapshot of a source is in force. When an older one comes again after another, it has
    to land again, under an id that also names what it replaces; while it is in force, it is known.
    """
    if CONTRACTS[table].load is Load.LOG:
        return batch_id  # adds to what is there: once is enough
    landed = landed_ids(landing, source_name, table)
    if batch_id not in landed:
        return batch_id
    renewed = [batch_id_from(before, batch_id.encode()) for before in landed]
    if landed[-1] == batch_id or landed[-1] in renewed:
        return landed[-1]
    return renewed[-1]


def landed_ids(landing: Path, source_name: str, table: str) -> list[str]:
    """Committed batches of the table, oldest first."""
    paths = (landing / "batches" / f"source={source_name}").glob("loaded_date=*/*.parquet")
    files = sorted(str(path) for path in paths)
    if not files:
        return []
    columns = ["batch_id", "loaded_at"]
    rows = ds.dataset(files).to_table(columns=columns, filter=ds.field("table_name") == table)
    ids: list[str] = rows.sort_by("loaded_at")["batch_id"].to_pylist()
    return ids
