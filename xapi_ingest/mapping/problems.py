"""What can go wrong with one row, as data: where it stands, which rule objects, what to do."""

import re
from typing import Final

import msgspec

_IMPERSONAL: Final = re.compile(r"[\dT\s:/.,+\-]{0,40}(?:[AaPp]\.?[Mm]\.?|Z|UTC)?")


class RowProblem(msgspec.Struct, frozen=True):
    """One objection to one row.

    Attributes:
        input_name: The file's name, without its folder.
        position: 1-based ordinal of the row among the rows of the file.
        line: Line of the file at which the row ends; None where the form has no lines.
        column: The column or columns that the failing value is made of; empty for the whole row.
        rule_id: Which kind of objection, ``mapping.<kind>``.
        clause: Place in the mapping that asks for it, ``file:line``; empty for the whole row.
        pointer: JSON pointer to the value in the statement; empty outside of a statement.
        message: What is wrong, without a value that could identify a person.
        remedy: What to do about it.
    """

    input_name: str
    position: int
    line: int | None
    column: str
    rule_id: str
    clause: str
    pointer: str
    message: str
    remedy: str


class ValueProblemError(Exception):
    """A value of a row cannot become what the mapping asks for.

    Args:
        kind: Last part of the rule id.
        message: What is wrong.
        remedy: What to do about it.
    """

    def __init__(self, kind: str, message: str, remedy: str) -> None:
        super().__init__(message)
        self.rule_id = f"mapping.{kind}"
        self.message = message
        self.remedy = remedy


def shown(value: object) -> str:
    """``value`` for a message: as it is where it can only be a date or number, else its size."""
    text = str(value)
    if _IMPERSONAL.fullmatch(text):
        return repr(text)
    return f"a text of {len(text)} characters"
