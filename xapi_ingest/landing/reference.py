"""Reference tables (people, units, catalogue) into the landing: snapshots, whole or not at all."""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import pyarrow as pa
import pyarrow.dataset as ds

from xapi_ingest.archives.guard import UnpackLimits
from xapi_ingest.errors import InputError
from xapi_ingest.landing.batches import Batch, Counts, batch_id_from, commit
from xapi_ingest.landing.contracts import CONTRACTS, Contract, Fault, Row, faults_of
from xapi_ingest.landing.files import write_parquet_atomically
from xapi_ingest.landing.intake import Intake
from xapi_ingest.landing.report import FileReport
from xapi_ingest.landing.table_text import text_of_table
from xapi_ingest.settings import Settings
from xapi_ingest.sources.files import InputFile

_TRUTHS: Final = {"true": True, "false": False}
_HEADER_LINE: Final = 1


def land_reference(
    file: InputFile, batch: Batch, *, settings: Settings, intake: Intake, report: FileReport
) -> None:
    """Land the snapshot in ``file`` if it keeps its contract; else nothing, and say all reasons.

    Raises:
        InputError: The file breaks its contract, or cannot be read.
    """
    began = perf_counter()
    contract = CONTRACTS[batch.table_name]
    text = text_of_table(file, intake, UnpackLimits.of(settings))
    intake.check_unchanged()
    rows, lines, faults = _typed_rows(text, contract)
    faults += faults_of(rows, contract) if not faults or rows else ()
    if faults:
        report.faults = [_sentence(file.name, fault, lines) for fault in faults]
        raise InputError(
            f"breaks the contract of {batch.table_name} in {len(faults)} places; nothing of it has "
            "landed and the last good snapshot stands.",
            remedy="Correct the places named and ingest it again.",
        )
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


def _typed_rows(text: str, contract: Contract) -> tuple[list[Row], list[int], list[Fault]]:
    """Rows with typed values, the line on which each ends, and what could not be typed."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    lines: list[int] = []
    faults: list[Fault] = []
    try:
        header = [name.strip() for name in next(reader, [])]
        faults += _header_faults(header, contract)
        if faults:
            return [], [], faults
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                message = f"has {len(cells)} values for {len(header)} columns"
                faults.append(_fault(len(rows), "", "row_is_whole", message))
            faults += _fill(rows, dict(zip(header, cells, strict=False)), contract)
            lines.append(reader.line_num)
    except csv.Error as error:
        lines.append(reader.line_num)
        faults.append(_fault(len(rows), "", "file_is_csv", str(error)))
    return rows, lines, faults


def _header_faults(header: list[str], contract: Contract) -> Iterator[Fault]:
    for column in contract.columns:
        if column not in header:
            yield Fault(None, column, "column_is_present", "is missing", "Add it; it may be empty.")
    for column in dict.fromkeys(header):
        if column not in contract.columns:
            known = ", ".join(contract.columns)
            yield Fault(None, column, "column_is_known", "is unknown", f"Known are {known}.")
        if header.count(column) > 1:
            yield Fault(None, column, "column_is_unique", "comes twice", "Keep one of the two.")


def _fill(rows: list[Row], cells: dict[str, str], contract: Contract) -> Iterator[Fault]:
    row: Row = {}
    for column, kind in contract.columns.items():
        cell = cells.get(column, "").strip()
        row[column] = None
        if not cell:
            continue
        converted, form = _CONVERTERS[kind]
        try:
            row[column] = converted(cell)
        except (ValueError, KeyError):
            yield _fault(len(rows), column, "value_has_its_type", f"{cell[:60]!r} is not {form}")
    rows.append(row)


_CONVERTERS: Final[dict[Any, tuple[Callable[[str], Any], str]]] = {
    pa.string(): (str, "a text"),
    pa.bool_(): (lambda cell: _TRUTHS[cell.lower()], "true or false"),
    pa.int64(): (int, "a whole number"),
    pa.date32(): (date.fromisoformat, "a date such as 2026-03-31"),
}


def _fault(row: int, column: str, rule_id: str, message: str) -> Fault:
    return Fault(row, column, rule_id, message, "Correct it in the system that exports it.")


def _sentence(name: str, fault: Fault, lines: list[int]) -> str:
    line = _HEADER_LINE if fault.row is None else lines[fault.row]
    column = f", column {fault.column}" if fault.column else ""
    return f"{name}: line {line}{column}: {fault.message} ({fault.rule_id}). {fault.remedy}"
