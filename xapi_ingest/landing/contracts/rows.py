"""The cells of a file as typed rows: how a cell of each kind is written, and what it becomes."""

import csv
import io
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from xapi_ingest.landing.contracts.check import QUOTED_LENGTH, Fault, Row, cell_text
from xapi_ingest.landing.contracts.contract import Contract, Kind

_TRUTHS: Final = {"true": True, "false": False}
_WHOLE: Final = re.compile(r"[+-]?\d{1,18}")
_NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?")
_MONEY: Final = re.compile(r"[+-]?\d{1,14}(\.\d{1,4})?")
_CORRECT: Final = "Correct it in the system that exports it."


@dataclass(slots=True)
class Typed:
    """What a file holds.

    Attributes:
        rows: Column → value; None where the cell is empty.
        lines: The line on which each row ends.
        faults: What could not be typed.
        left_out: Columns that the file leaves out, as it may.
    """

    rows: list[Row] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def typed_rows(content: str, contract: Contract) -> Typed:
    """The rows of a CSV file with a header, typed as ``contract`` says."""
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    typed = Typed()
    try:
        header = [name.strip() for name in next(reader, [])]
        typed.faults += _header_faults(header, contract)
        if typed.faults:
            return typed
        typed.left_out = [name for name in contract.by_name if name not in header]
        for cells in reader:
            if any(cell.strip() for cell in cells):
                _add(typed, header, cells, reader.line_num, contract)
    except csv.Error as error:
        typed.lines.append(reader.line_num)
        typed.faults.append(_fault(len(typed.rows), "", "file_is_csv", str(error)))
    return typed


def _add(typed: Typed, header: list[str], cells: list[str], line: int, contract: Contract) -> None:
    number = len(typed.rows)
    if len(cells) != len(header):
        message = f"has {len(cells)} values for {len(header)} columns"
        typed.faults.append(_fault(number, "", "row_is_whole", message))
    by_name = dict(zip(header, cells, strict=False))
    row: Row = {}
    for column in contract.columns:
        try:
            row[column.name] = value_of(by_name.get(column.name, ""), column.kind)
        except (ValueError, KeyError, InvalidOperation):
            row[column.name] = None
            said = cell_text(column, by_name[column.name].strip())
            message = f"{said} is not {FORMS[column.kind]}"
            typed.faults.append(_fault(number, column.name, "value_has_its_type", message))
    typed.rows.append(row)
    typed.lines.append(line)


def _header_faults(header: list[str], contract: Contract) -> Iterator[Fault]:
    for column in contract.columns:
        if column.name not in header and not column.is_optional:
            remedy = "Add it; it may be empty." if not column.is_required else "Add it."
            yield Fault(None, column.name, "column_is_present", "is missing", remedy)
    known = contract.by_name
    # A file without a header has a person's data where the names of columns should be.
    is_header = any(name in known for name in header)
    for place, name in enumerate(header, start=1):
        if name not in known:
            said = name[:QUOTED_LENGTH] if is_header else f"number {place}"
            remedy = f"Known are {', '.join(known)}."
            yield Fault(None, said, "column_is_known", "is unknown", remedy)
    for name in dict.fromkeys(header):
        if header.count(name) > 1 and name in known:
            yield Fault(None, name, "column_is_unique", "comes twice", "Keep one of the two.")


def value_of(cell: str, kind: Kind) -> Any:
    """The value of a cell, None if it is empty.

    Raises:
        ValueError: It is not written as its kind is; likewise ``KeyError``, ``InvalidOperation``.
    """
    stripped = cell.strip()
    return _CONVERTERS[kind](stripped) if stripped else None


def _whole(cell: str) -> int:
    if not _WHOLE.fullmatch(cell):
        raise ValueError
    return int(cell)


def _number(cell: str) -> float:
    if not _NUMBER.fullmatch(cell) or not math.isfinite(value := float(cell)):
        raise ValueError
    return value


def _money(cell: str) -> Decimal:
    if not _MONEY.fullmatch(cell):
        raise ValueError
    return Decimal(cell)


def _day(cell: str) -> date:
    # Python reads 20250331 and 2025-W14-1 too: a spreadsheet's numbers would pass for days.
    if len(cell) != len("2025-03-31") or cell[4] != "-" or cell[7] != "-":
        raise ValueError
    return date.fromisoformat(cell)


def _instant(cell: str) -> datetime:
    moment = datetime.fromisoformat(cell)
    if moment.tzinfo is None:
        raise ValueError
    return moment.astimezone(UTC).replace(tzinfo=None)


_CONVERTERS: Final[dict[Kind, Callable[[str], Any]]] = {
    Kind.TEXT: str,
    Kind.TRUTH: lambda cell: _TRUTHS[cell.lower()],
    Kind.WHOLE: _whole,
    Kind.NUMBER: _number,
    Kind.MONEY: _money,
    Kind.DATE: _day,
    Kind.INSTANT: _instant,
}

FORMS: Final = {
    Kind.TEXT: "a text",
    Kind.TRUTH: "true or false",
    Kind.WHOLE: "a whole number",
    Kind.NUMBER: "a number such as 0.25",
    Kind.MONEY: "an amount such as 1250.50, without thousands and with at most four decimals",
    Kind.DATE: "a date such as 2026-03-31",
    Kind.INSTANT: "a moment with its offset, such as 2026-03-31T09:30:00+02:00 or …T07:30:00Z",
}
"""How a cell of each kind is written."""


def _fault(row: int, column: str, rule_id: str, message: str) -> Fault:
    return Fault(row, column, rule_id, message, _CORRECT)
