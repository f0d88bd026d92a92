"""What a rule has to say about a statement: where, which rule, by which clause, and what to do."""

from collections.abc import Iterable

import msgspec


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """One objection to one statement.

    Attributes:
        pointer: JSON pointer (RFC 6901) to the offending value; empty for the whole document.
        rule_id: Name of the rule's function, which is the rule's id everywhere.
        clause: Where the specification says so.
        message: What is wrong. It may quote the sender, so it stays in the landing: what is printed
            or published says the rule's own sentence (``landing.reasons``).
        remedy: What the sender can do about it.
        place: Where in its input, if the position does not say it: the row of a table.
    """

    pointer: str
    rule_id: str
    clause: str
    message: str
    remedy: str
    place: str = ""


def pointer_to(*steps: str | int) -> str:
    """The JSON pointer made of ``steps``."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)


def rule_ids_of(problems: Iterable[Problem]) -> list[str]:
    """Every rule that objects, in order, once."""
    return list(dict.fromkeys(problem.rule_id for problem in problems))
