"""What in the typed rows of a file breaks its contract. Nothing is raised, nothing is left out.

A fault names line, column, rule and remedy. It repeats a cell only where the column's declaration
says that cells tell about nobody: what is said here reaches terminals, logs and published files.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from xapi_ingest.landing.contracts.contract import Column, Contract

Row = dict[str, Any]
QUOTED_LENGTH: Final = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that breaks a contract; ``row`` counts from 0 and is None for the whole file."""

    row: int | None
    column: str
    rule_id: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class PlacedFault:
    """A fault with the line of its file; None where it has no lines, as an SQL query."""

    line: int | None
    fault: Fault

    def sentence(self, name: str) -> str:
        """File, line, column, what is wrong, rule and remedy."""
        fault = self.fault
        line = f": line {self.line}" if self.line is not None else ""
        column = f", column {fault.column}" if fault.column else ""
        return f"{name}{line}{column}: {fault.message} ({fault.rule_id}). {fault.remedy}"


def cell_text(column: Column, value: Any) -> str:
    """How a message may speak of a cell."""
    if not column.is_quotable:
        return "the value"
    return f"{str(value)[:QUOTED_LENGTH]!r}"


def faults_of(rows: list[Row], lines: list[int], contract: Contract) -> Iterator[Fault]:
    """Everything in ``rows``, whose values have their types, that breaks ``contract``.

    Args:
        rows: The rows.
        lines: The line on which each ends.
        contract: What they are held to.
    """
    for column in contract.columns:
        yield from _of_column(rows, column)
    yield from _repeated(rows, lines, contract)
    for first, second in contract.ordered:
        yield from _disordered(rows, first, second)
    if contract.parent:
        yield from _lost_or_looping(rows, contract.key[0], contract.parent)


def _of_column(rows: list[Row], column: Column) -> Iterator[Fault]:
    verdicts: dict[Any, tuple[str, str, str] | None] = {None: None}
    if column.is_required:
        verdicts[None] = ("value_is_present", "is empty", "Fill it in.")
    for number, row in enumerate(rows):
        value = row[column.name]
        if value not in verdicts:
            verdicts[value] = _verdict(column, value)
        verdict = verdicts[value]
        if verdict:
            yield Fault(number, column.name, *verdict)


def _verdict(column: Column, value: Any) -> tuple[str, str, str] | None:
    """Rule, message and remedy for a value that the column may not hold."""
    said = cell_text(column, value)
    if column.values and value not in column.values:
        remedy = f"Send one of {', '.join(column.values)}."
        return "value_is_allowed", f"{said} is not known here", remedy
    if column.check and not column.check.is_met(value):
        return "value_is_allowed", f"{said} is not known here", column.check.remedy
    if column.low is not None and value < column.low:
        return "value_is_in_range", "is below what it can be", f"Send {column.low:g} or more."
    if column.high is not None and value > column.high:
        return "value_is_in_range", "is above what it can be", f"Send {column.high:g} or less."
    return None


def _repeated(rows: list[Row], lines: list[int], contract: Contract) -> Iterator[Fault]:
    seen: dict[tuple[Any, ...], int] = {}
    name = ", ".join(contract.key)
    for number, row in enumerate(rows):
        key = tuple(row[column] for column in contract.key)
        is_whole = key != (None,) * len(key)
        if is_whole and seen.setdefault(key, number) != number:
            message = f"has the value of line {lines[seen[key]]} again"
            yield Fault(number, name, "key_is_unique", message, "Send each row once.")


def _disordered(rows: list[Row], first: str, second: str) -> Iterator[Fault]:
    for number, row in enumerate(rows):
        begin, end = row[first], row[second]
        if begin is not None and end is not None and end < begin:
            message = f"is before {first}"
            yield Fault(number, second, "dates_are_ordered", message, "Correct one of the two.")


def _lost_or_looping(rows: list[Row], key: str, parent: str) -> Iterator[Fault]:
    above = {row[key]: row[parent] for row in rows if row[key] is not None}
    ends: set[str] = set()  # rows from which the way up is known to end
    for number, row in enumerate(rows):
        name = row[parent]
        if name is not None and name not in above:
            yield Fault(
                number,
                parent,
                "parent_is_known",
                f"names no {key} of this file",
                "Send the whole tree in one file, or leave it empty.",
            )
        path: dict[str, None] = {}  # in order; a chain of managers may be long
        here: str | None = row[key]
        while here is not None and here not in ends and here not in path:
            path[here] = None
            here = above.get(here)
        if here is not None and here in path:
            if here == row[key]:
                message = "leads back to this row"
                yield Fault(number, parent, "tree_has_no_loop", message, "Break the loop.")
        else:
            ends.update(path)
