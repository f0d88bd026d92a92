"""How a cell of each kind is written, and what value it becomes."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from xapi_ingest.landing.contracts.check import Row, cell_text
from xapi_ingest.landing.contracts.contract import Contract, Kind

_TRUTHS: Final = {"true": True, "false": False}
_WHOLE: Final = re.compile(r"[+-]?\d{1,18}")
_NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?")
_MONEY: Final = re.compile(r"[+-]?\d{1,14}(\.\d{1,4})?")


def typed_row(cells: Mapping[str, str], contract: Contract) -> tuple[Row, list[tuple[str, str]]]:
    """The values of a row, and column and message of each cell that has none.

    Args:
        cells: Column → cell; a column that is not there is empty.
        contract: Which columns there are.
    """
    row: Row = {}
    wrong: list[tuple[str, str]] = []
    for column in contract.columns:
        try:
            row[column.name] = value_of(cells.get(column.name, ""), column.kind)
        except (ValueError, KeyError, InvalidOperation):
            row[column.name] = None
            said = cell_text(column, cells[column.name].strip())
            wrong.append((column.name, f"{said} is not {FORMS[column.kind]}"))
    return row, wrong


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
