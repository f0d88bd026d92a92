"""What a reader yields: statements as received, in order, and what could not be divided into any.

Every item that a file holds comes out as exactly one of these, so that read = accepted + rejected.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from xapi_ingest.statement.problems import Problem


@dataclass(frozen=True, slots=True)
class MadeOf:
    """The row of a table that a statement was made of.

    Attributes:
        position: 1-based ordinal of the row.
        kept: Gives the row in the form that it can be mapped again from; None if it cannot be.
    """

    position: int
    kept: Callable[[], bytes | None]


class Rows(list[MadeOf]):
    """The rows of a run. They stay in the process that read them: another one gets none."""

    def __reduce__(self) -> tuple[type["Rows"], tuple[()]]:
        return Rows, ()


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive statements, as received.

    Attributes:
        first_position: 1-based ordinal of the first in its file.
        raws: The bytes of each, without white space around them.
        is_cut: The file ended before anything marked the end of the last one.
        rows: The row of a table that each was made of, where they were made of a table.
    """

    first_position: int
    raws: list[bytes]
    is_cut: bool = False
    rows: Sequence[MadeOf] = ()


@dataclass(frozen=True, slots=True)
class Overlong:
    """One item longer than the limit, put aside in a file of its own.

    Attributes:
        position: 1-based ordinal in its file.
        path: Where the bytes are.
        size: How many there are.
    """

    position: int
    path: Path
    size: int


@dataclass(frozen=True, slots=True)
class Remainder:
    """The rest of a file that holds no more statements that could be told apart.

    Attributes:
        position: 1-based ordinal in its file.
        raw: The bytes that were received of it; may be empty.
        message: Why it ends here.
    """

    position: int
    raw: bytes
    message: str


@dataclass(frozen=True, slots=True)
class Refused:
    """One item of which it is already known that it cannot get in.

    Attributes:
        position: 1-based ordinal among the items of its file.
        raw: What was received of it.
        problems: Every reason.
        row: The row of a table that it is, as ``MadeOf.kept`` gives it.
    """

    position: int
    raw: bytes
    problems: list[Problem]
    row: bytes | None = None


Item = Run | Overlong | Remainder | Refused
