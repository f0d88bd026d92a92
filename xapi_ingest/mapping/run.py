"""Files and rows through a mapping, and the dry run. Memory does not grow with the file."""

import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Mapping as Values
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

import msgspec
import orjson

from xapi_ingest.errors import InputError
from xapi_ingest.mapping.apply import (
    FAULTS,
    FaultError,
    MappedRow,
    row_values,
    skip_number,
    statements_of,
)
from xapi_ingest.mapping.explain import Explainer
from xapi_ingest.mapping.load import Mapping
from xapi_ingest.mapping.model import MappingModel
from xapi_ingest.mapping.problems import RowProblem
from xapi_ingest.mapping.rows.csv_file import read_csv
from xapi_ingest.mapping.rows.excel_file import read_excel
from xapi_ingest.mapping.rows.json_file import read_json, read_ndjson
from xapi_ingest.mapping.rows.kept import writable
from xapi_ingest.mapping.rows.row import Row, row_from_record
from xapi_ingest.mapping.rows.xml_file import read_xml
from xapi_ingest.statement.parse import parse_statement

Reader = Callable[[MappingModel, BinaryIO, str], Iterator[Row]]

READERS: Final[dict[str, Reader]] = {
    "csv": read_csv,
    "excel": read_excel,
    "json": read_json,
    "ndjson": read_ndjson,
    "xml": read_xml,
}
DRY_STATEMENTS: Final = 10
DRY_ROWS: Final = 1_000
DRY_PROBLEMS: Final = 100
_GZIP: Final = b"\x1f\x8b"


class DryStatement(msgspec.Struct, frozen=True):
    """A statement of a dry run.

    Attributes:
        position: The row that it comes from.
        statement: The statement, decoded.
    """

    position: int
    statement: dict[str, Any]


class DryRun(msgspec.Struct, frozen=True):
    """What a mapping makes of the beginning of a file. Nothing is written.

    Attributes:
        statements: The first statements, at most ten.
        problems: The first objections, also those of the specification to a statement.
        read_count: Rows read.
        failed_count: Rows with a problem.
        skipped: Rows left out on purpose, by reason.
        is_whole_file: Whether the file ended before the dry run did.
    """

    statements: list[DryStatement]
    problems: list[RowProblem]
    read_count: int
    failed_count: int
    skipped: dict[str, int]
    is_whole_file: bool


def map_file(mapping: Mapping, path: Path) -> Iterator[MappedRow]:
    """Every row of the file at ``path``, plain or gzipped, in order.

    Raises:
        InputError: The file cannot be read as what the mapping expects.
    """
    try:
        with path.open("rb") as plain:
            is_gzip = plain.read(2) == _GZIP
            plain.seek(0)
            unpacked = gzip.GzipFile(fileobj=plain) if is_gzip else plain
            yield from map_stream(mapping, cast("BinaryIO", unpacked), path.name)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{path.name} cannot be read: {error}.") from error


def map_stream(mapping: Mapping, stream: BinaryIO, name: str) -> Iterator[MappedRow]:
    """Every row of an open file that can be wound back; ``name`` is what messages call it.

    Raises:
        InputError: The stream cannot be read as what the mapping expects.
    """
    reader = READERS[mapping.model.input.format]
    for row in reader(mapping.model, stream, name):
        yield map_row(mapping, row, name)


def map_rows(
    mapping: Mapping, rows: Iterable[Values[str, Any]], name: str = "query"
) -> Iterator[MappedRow]:
    """Every row of an iterator of records, such as the result of a query."""
    for position, record in enumerate(rows, start=1):
        yield map_row(mapping, row_from_record(mapping.model, position, None, record), name)


def map_row(mapping: Mapping, row: Row, name: str) -> MappedRow:
    """What becomes of one row. Never raises for what stands in it."""
    if row.fault is not None:
        problem = RowProblem(
            name, row.position, row.line, "", f"mapping.{row.fault.kind}", "", "", *row.fault[1:]
        )
        return _failed(row, (problem,))
    row.values.setdefault("head", {})
    row.values["file"] = name
    values = row_values(mapping, row)
    try:
        number = skip_number(mapping, values)
        if number is not None:
            because = mapping.model.skip[number].because
            return MappedRow(row.position, row.line, (), (), because, b"", row)
        statements = tuple(statements_of(mapping, values))
    except (FaultError, *FAULTS) as fault:
        return _failed(row, Explainer(mapping, row, name).problems(fault))
    if not statements and mapping.model.otherwise is None:
        return _failed(row, (Explainer(mapping, row, name).none_applies(),))
    reason = None if statements else mapping.model.otherwise
    return MappedRow(row.position, row.line, statements, (), reason, b"", row)


def dry_run(mapping: Mapping, path: Path, *, limit: int = DRY_STATEMENTS) -> DryRun:
    """The first ``limit`` statements of a file, and what failed on the way.

    Raises:
        InputError: The file cannot be read as what the mapping expects.
    """
    statements: list[DryStatement] = []
    problems: list[RowProblem] = []
    skipped: dict[str, int] = {}
    read = failed = 0
    rows = map_file(mapping, path)
    for row in rows:
        read += 1
        found = [*row.problems, *_refused(mapping, row, path.name)]
        failed += bool(found)
        problems += found
        if row.skipped_because is not None:
            skipped[row.skipped_because] = skipped.get(row.skipped_because, 0) + 1
        statements += [DryStatement(row.position, orjson.loads(raw)) for raw in row.statements]
        if len(statements) >= limit or read >= DRY_ROWS:
            break
    is_whole_file = next(rows, None) is None
    return DryRun(statements[:limit], problems[:DRY_PROBLEMS], read, failed, skipped, is_whole_file)


def _refused(mapping: Mapping, row: MappedRow, name: str) -> Iterator[RowProblem]:
    """What the specification has to say to the row's statements."""
    for raw in row.statements:
        parsed = parse_statement(raw, mapping.source_name)
        if isinstance(parsed, list):
            for found in parsed:
                yield RowProblem(
                    name, row.position, row.line, "", found.rule_id, found.clause,
                    found.pointer, found.message, found.remedy,
                )  # fmt: skip


def _failed(row: Row, problems: tuple[RowProblem, ...]) -> MappedRow:
    raw = orjson.dumps(writable(row.raw), default=str, option=orjson.OPT_NON_STR_KEYS)
    return MappedRow(row.position, row.line, (), problems, None, raw, row)
