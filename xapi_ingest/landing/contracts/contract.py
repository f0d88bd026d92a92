"""What a contract is: a table, its columns with their types and bounds, its key, how it loads.

The families beside this module declare the tables; ``registry`` lists them. A declaration says each
thing once: the landing's schema, the check of a file, the page, the examples and the staging models
are made from it. Columns are added at the end of a table, never renamed, retyped or removed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import pyarrow as pa

INSTANT: Final = pa.timestamp("us")
SUFFIX: Final = [("batch_id", pa.string()), ("loaded_at", INSTANT)]
"""What every landed row carries besides the columns of its file."""

_BETWEEN_EXAMPLES: Final = "|"


class Load(StrEnum):
    """How a file of a table stands to those before it (decision 0012)."""

    SNAPSHOT = "snapshot"  # it is the whole: the last file of each source is in force
    LOG = "log"  # it adds rows; a row whose key came before from the same source restates it


class Kind(StrEnum):
    """The type of a column: how its cells are written, and what they become."""

    TEXT = "text"
    TRUTH = "boolean"
    WHOLE = "whole number"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    INSTANT = "timestamp"

    @property
    def arrow(self) -> pa.DataType:
        """The type in the landing."""
        return _ARROW[self]


_ARROW: Final = {
    Kind.TEXT: pa.string(),
    Kind.TRUTH: pa.bool_(),
    Kind.WHOLE: pa.int64(),
    Kind.NUMBER: pa.float64(),
    Kind.MONEY: pa.decimal128(18, 4),
    Kind.DATE: pa.date32(),
    Kind.INSTANT: INSTANT,
}


@dataclass(frozen=True, slots=True)
class Check:
    """A test of a text's form, and what to send instead."""

    is_met: Callable[[str], bool]
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a file.

    Attributes:
        examples: A cell of each example row; the same number in every column of a table.
        is_required: Never empty.
        is_optional: The file may leave the whole column out.
        is_quotable: Its cells tell about nobody, so that a message may repeat one.
        values: All that it may hold, if that is a closed list.
        low: Least number that it may hold.
        high: Greatest number that it may hold.
        refers_to: ``table.column`` that it names. What is missing there never refuses
            a file: files come in any order.
    """

    name: str
    kind: Kind
    meaning: str
    examples: tuple[str, ...]
    is_required: bool = False
    is_optional: bool = False
    is_quotable: bool = False
    values: tuple[str, ...] = ()
    check: Check | None = None
    low: float | None = None
    high: float | None = None
    refers_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """What one table requires.

    Attributes:
        table: Its name: that of the file, less ``.csv``.
        rows: What one row is.
        key: Columns that name a row together; an empty one is a value like any other.
        parent: Column that names another row of the same file, if the table is a tree.
        ordered: Pairs of which the first is not after the second.
        metrics: Those of the catalogue that read it, with spaces between.
    """

    table: str
    rows: str
    load: Load
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    parent: str | None = None
    ordered: tuple[tuple[str, str], ...] = ()
    metrics: str = ""

    @property
    def schema(self) -> pa.Schema:
        """Columns and types in the landing."""
        return pa.schema([*((each.name, each.kind.arrow) for each in self.columns), *SUFFIX])

    @property
    def by_name(self) -> dict[str, Column]:
        """The columns by their names, in order."""
        return {each.name: each for each in self.columns}

    @property
    def metric_ids(self) -> frozenset[str]:
        """The metrics of the catalogue that read it."""
        return frozenset(self.metrics.split())

    def examples(self) -> Iterator[tuple[str, ...]]:
        """The example rows, cell by cell as a file writes them."""
        yield from zip(*(each.examples for each in self.columns), strict=True)


def column(kind: Kind, name: str, meaning: str, examples: str, **more: Any) -> Column:
    """A column whose examples are written in one text, ``|`` between the rows."""
    cells = tuple(examples.split(_BETWEEN_EXAMPLES))
    return Column(name=name, kind=kind, meaning=meaning, examples=cells, **more)


def text(name: str, meaning: str, examples: str, **more: Any) -> Column:
    """A text; its cells may tell about a person."""
    return column(Kind.TEXT, name, meaning, examples, **more)


def code(name: str, meaning: str, examples: str, **more: Any) -> Column:
    """A text that names a thing, never a person: a message may repeat it."""
    return column(Kind.TEXT, name, meaning, examples, **{"is_quotable": True, **more})


def choice(name: str, meaning: str, values: str, examples: str, **more: Any) -> Column:
    """A text out of a closed list, given as words with spaces between them."""
    words = tuple(values.split())
    return column(Kind.TEXT, name, meaning, examples, values=words, is_quotable=True, **more)


def truth(name: str, meaning: str, examples: str, **more: Any) -> Column:
    """``true`` or ``false``."""
    return column(Kind.TRUTH, name, meaning, examples, **more)


def whole(name: str, meaning: str, examples: str, **more: Any) -> Column:
    """A whole number."""
    return column(Kind.WHOLE, name, meaning, examples, **more)


def number(name: str, meaning: str, examples: str, **more: Any) -> Column:
    """A number, with a decimal point."""
    return column(Kind.NUMBER, name, meaning, examples, **more)


def share(name: str, meaning: str, examples: str, **more: Any) -> Column:
    """A number from 0 to 1."""
    return number(name, meaning, examples, low=0, high=1, **more)


def day(name: str, meaning: str, examples: str, **more: Any) -> Column:
    """A calendar day."""
    return column(Kind.DATE, name, meaning, examples, **more)


def instant(name: str, meaning: str, examples: str, **more: Any) -> Column:
    """A moment, with its offset from UTC."""
    return column(Kind.INSTANT, name, meaning, examples, **more)


def money(name: str, meaning: str, examples: str, **more: Any) -> Column:
    """An amount in the row's ``currency_code``, exact to four decimals."""
    return column(Kind.MONEY, name, meaning, examples, **more)
