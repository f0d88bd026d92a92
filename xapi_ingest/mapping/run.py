"""Files and rows through a mapping, and the dry run. Memory does not grow with the file."""

import io
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Values
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

import msgspec
import orjson

from xapi_ingest.archives.compressed import (
    BLOCK_BYTES,
    DamagedError,
    UnpackedFile,
    packing_of,
    unpacked,
)
from xapi_ingest.archives.guard import Guard, UnpackLimits
from xapi_ingest.archives.zipped import open_archive
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
from xapi_ingest.mapping.problems import RowProblem
from xapi_ingest.mapping.readers import ARCHIVE_READERS, READERS
from xapi_ingest.mapping.rows.gather import gather_rows
from xapi_ingest.mapping.rows.kept import writable
from xapi_ingest.mapping.rows.row import Row, row_from_record
from xapi_ingest.statement.parse import parse_statement

DRY_STATEMENTS: Final = 10
DRY_ROWS: Final = 1_000
DRY_PROBLEMS: Final = 100
LONGEST_INTEGER: Final = 63  # bits, beside the sign
_MAGIC_BYTES: Final = 4


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


def map_file(
    mapping: Mapping, path: Path, *, name: str | None = None, guard: Guard | None = None
) -> Iterator[MappedRow]:
    """Every row of the file at ``path``, plain or compressed, in order.

    Args:
        mapping: What makes statements of the rows.
        path: The file.
        name: What messages call it; its own name if None.
        guard: Counts what comes out of a packed one; one with the default limits if None.

    Raises:
        InputError: The file cannot be read as what the mapping expects.
    """
    name = name or path.name
    try:
        guard = guard or Guard(UnpackLimits(), path.stat().st_size)
        with path.open("rb") as stored:
            stream = _plain(stored, guard)
            if (reader := ARCHIVE_READERS.get(mapping.model.input.format)) is None:
                yield from map_stream(mapping, stream, name)
                return
            with open_archive(stream, name, guard=guard) as archive:
                for row in reader(mapping.model, archive, name):
                    yield map_row(mapping, row, name)
    except OSError as error:
        raise InputError(f"{name} cannot be read: {error.strerror or error}.") from error
    except DamagedError as error:
        raise InputError(f"{name}: {error.message}.", remedy="Fetch the file again.") from error


def fits(mapping: Mapping, path: Path, *, name: str, guard: Guard) -> bool:
    """Whether the file begins as what ``mapping`` reads, so far as its first row tells."""
    try:
        row = next(map_file(mapping, path, name=name, guard=guard), None)
    except InputError:
        return False
    return row is not None and not any("document" in one.rule_id for one in row.problems)


def _plain(stored: BinaryIO, guard: Guard) -> BinaryIO:
    """``stored``, unpacked where it is compressed; it can be wound back either way."""
    packing = packing_of(stored.read(_MAGIC_BYTES))
    stored.seek(0)
    if packing is None:
        return stored

    def again() -> Iterator[bytes]:
        stored.seek(0)
        return unpacked(iter(lambda: stored.read(BLOCK_BYTES), b""), packing)

    return cast("BinaryIO", io.BufferedReader(UnpackedFile(again, guard), BLOCK_BYTES))


def map_stream(mapping: Mapping, stream: BinaryIO, name: str) -> Iterator[MappedRow]:
    """Every row of an open file that can be wound back; ``name`` is what messages call it.

    Raises:
        InputError: The stream cannot be read as what the mapping expects.
    """
    reader = READERS[mapping.model.input.format]
    for row in gather_rows(mapping.model, reader(mapping.model, stream, name)):
        yield map_row(mapping, row, name)


def map_rows(
    mapping: Mapping, rows: Iterable[Values[str, Any]], name: str = "query"
) -> Iterator[MappedRow]:
    """Every row of an iterator of records, such as the result of a query."""
    numbered = enumerate(rows, start=1)
    found = (row_from_record(mapping.model, number, None, record) for number, record in numbered)
    for row in gather_rows(mapping.model, found):
        yield map_row(mapping, row, name)


def map_row(mapping: Mapping, row: Row, name: str) -> MappedRow:
    """What becomes of one row. Never raises for what stands in it."""
    if row.fault is not None:
        problem = RowProblem(
            name, row.position, row.line, "", f"mapping.{row.fault.kind}", "", "", *row.fault[1:]
        )
        return _failed(row, (problem,))
    row.values.setdefault("head", {})
    row.values.setdefault("gathered", {})
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
