"""What in the typed rows of a file breaks its contract. Nothing is raised, nothing is left out.

Rows come in chunks, so that memory hardly grows with the file: of a row that passed, 24 bytes
remain for its key and line, and in a tree the names of itself and its parent. A fault repeats a
cell only where the column's declaration says that cells tell about nobody: what is said here
reaches terminals, logs and published files.
"""

import hashlib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from xapi_ingest.landing.contracts.contract import Column, Contract

Row = dict[str, Any]
Chunk = tuple[list[Row], list[int]]
"""Rows, and the line of the file on which each ends."""

QUOTED_LENGTH: Final = 60
LISTED_FAULTS: Final = 1_000
_VERDICTS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Fault:
    """One place that breaks a contract; ``line`` is None for the whole file."""

    line: int | None
    column: str
    rule_id: str
    message: str
    remedy: str

    def sentence(self, name: str) -> str:
        """File, line, column, what is wrong, rule and remedy."""
        line = f": line {self.line}" if self.line is not None else ""
        column = f"{',' if line else ':'} column {self.column}" if self.column else ""
        return f"{name}{line}{column}: {self.message} ({self.rule_id}). {self.remedy}"


@dataclass(slots=True)
class Faults:
    """The first faults of a file, and how many there are in all."""

    listed: list[Fault] = field(default_factory=list)
    count: int = 0

    def add(self, *faults: Fault) -> None:
        """Take note of ``faults``."""
        self.count += len(faults)
        self.listed += faults[: max(0, LISTED_FAULTS - len(self.listed))]


def cell_text(column: Column, value: Any) -> str:
    """How a message may speak of a cell."""
    if not column.is_quotable:
        return "the value"
    return f"{str(value)[:QUOTED_LENGTH]!r}"


class Checker:
    """Holds the rows of one file to ``contract``; what is wrong goes to ``faults``."""

    def __init__(self, contract: Contract, faults: Faults) -> None:
        self._contract = contract
        self._faults = faults
        self._keys = bytearray()
        self._lines = array("Q")
        self._nodes: list[tuple[str | None, str | None, int]] = []  # itself, parent, line
        self._verdicts: dict[str, dict[Any, tuple[str, str, str] | None]] = {}

    def check(self, chunk: Chunk, unread: frozenset[tuple[int, str]] = frozenset()) -> None:
        """Check some rows.

        Args:
            chunk: The rows, whose values have their types.
            unread: Line and column of cells that could not be read: they are not also empty.
        """
        rows, lines = chunk
        for column in self._contract.columns:
            for fault in self._of_column(rows, lines, column):
                if (fault.line, fault.column) not in unread:
                    self._faults.add(fault)
        for first, second in self._contract.ordered:
            self._faults.add(*_disordered(rows, lines, first, second))
        self._note_keys(rows, lines)

    def finish(self) -> int:
        """Check what only all rows together show; return how many rows there were."""
        self._faults.add(*self._repeated())
        if self._contract.parent:
            self._faults.add(*self._lost_or_looping(self._contract.key[0], self._contract.parent))
        return len(self._lines)

    def _of_column(self, rows: list[Row], lines: list[int], column: Column) -> Iterator[Fault]:
        verdicts = self._verdicts.setdefault(column.name, {})
        if len(verdicts) > _VERDICTS:
            verdicts.clear()
        for row, line in zip(rows, lines, strict=True):
            value = row[column.name]
            if value not in verdicts:
                verdicts[value] = _verdict(column, value)
            verdict = verdicts[value]
            if verdict:
                yield Fault(line, column.name, *verdict)

    def _note_keys(self, rows: list[Row], lines: list[int]) -> None:
        names, parent = self._contract.key, self._contract.parent
        for row, line in zip(rows, lines, strict=True):
            key = repr([row[name] for name in names])
            self._keys += hashlib.blake2b(key.encode(), digest_size=16).digest()
            if parent:
                self._nodes.append((row[names[0]], row[parent], line))
        self._lines.extend(lines)

    def _repeated(self) -> Iterator[Fault]:
        keys = np.frombuffer(self._keys, dtype=[("a", "<u8"), ("b", "<u8")])
        order = np.lexsort((keys["b"], keys["a"]))  # stable: of equal ones the first row leads
        again = np.flatnonzero(keys[order][1:] == keys[order][:-1]) + 1
        first: dict[int, int] = {}
        for place in again.tolist():
            before = int(order[place - 1])
            first[int(order[place])] = first.get(before, before)
        name = ", ".join(self._contract.key)
        for number in sorted(first):
            message = f"has the value of line {self._lines[first[number]]} again"
            line = self._lines[number]
            yield Fault(line, name, "key_is_unique", message, "Send each row once.")

    def _lost_or_looping(self, key: str, parent: str) -> Iterator[Fault]:
        above = {name: up for name, up, _ in self._nodes if name is not None}
        ends: set[str] = set()  # rows from which the way up is known to end
        for start, name, line in self._nodes:
            if name is not None and name not in above:
                message = f"names no {key} of this file"
                remedy = "Send the whole tree in one file, or leave it empty."
                yield Fault(line, parent, "parent_is_known", message, remedy)
            path: dict[str, None] = {}  # in order; a chain of managers may be long
            here: str | None = start
            while here is not None and here not in ends and here not in path:
                path[here] = None
                here = above.get(here)
            if here is None or here not in path:
                ends.update(path)
            elif here == start:
                message = "leads back to this row"
                yield Fault(line, parent, "tree_has_no_loop", message, "Break the loop.")


def _verdict(column: Column, value: Any) -> tuple[str, str, str] | None:
    """Rule, message and remedy for a value that the column may not hold."""
    if value is None:
        empty = ("value_is_present", "is empty", "Fill it in.")
        return empty if column.is_required else None
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


def _disordered(rows: list[Row], lines: list[int], first: str, second: str) -> Iterator[Fault]:
    for row, line in zip(rows, lines, strict=True):
        begin, end = row[first], row[second]
        if begin is not None and end is not None and end < begin:
            message = f"is before {first}"
            yield Fault(line, second, "dates_are_ordered", message, "Correct one of the two.")
