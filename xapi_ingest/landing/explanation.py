"""What a rule demands, where that is written, what to do, and a statement that breaks it.

The examples are the golden files of the rules' tests, in ``examples.json`` beside the rules:
``make docs`` writes it anew, a test holds it current.
"""

from importlib import resources
from typing import Final

import msgspec

from xapi_ingest.errors import InputError
from xapi_ingest.landing.reasons import REASONS
from xapi_ingest.mapping.kinds import KINDS, PREFIX
from xapi_ingest.statement.rules.severities import severity_of

EXAMPLES: Final = resources.files("xapi_ingest.statement.rules") / "examples.json"


class Example(msgspec.Struct, frozen=True):
    """A statement, or a part of a table or of a mapping, that breaks a rule, and one that is right.

    Attributes:
        what: What is wrong, in a few words; may be empty.
        pointer: Where in ``wrong``; empty for the whole.
    """

    what: str
    pointer: str
    wrong: str
    right: str


class Explanation(msgspec.Struct, frozen=True):
    """One rule, explained. ``severity`` is ``reject`` or ``tolerate``; some have no example."""

    rule_id: str
    severity: str
    sentence: str
    clause: str
    remedy: str
    example: Example | None


def explain(rule_id: str) -> Explanation:
    """The rule ``rule_id`` in words.

    Raises:
        InputError: There is no such rule; names those that are spelt alike.
    """
    reason = REASONS.get(rule_id)
    if reason is None:
        near = [known for known in REASONS if rule_id and rule_id.lower() in known]
        raise InputError(
            f"There is no rule {rule_id!r}.",
            remedy=f"Did you mean {', '.join(near)}?"
            if near
            else "docs/statement-rules.md lists "
            "the rules for statements; `tilth quarantine list` names those that refused something.",
        )
    severity = str(severity_of(rule_id))
    return Explanation(rule_id, severity, *reason[1:], example=_example(rule_id))


def _example(rule_id: str) -> Example | None:
    kind = KINDS.get(rule_id.removeprefix(PREFIX)) if rule_id.startswith(PREFIX) else None
    if kind is not None:
        return Example("", "", kind.wrong, kind.right)
    return msgspec.json.decode(EXAMPLES.read_bytes(), type=dict[str, Example]).get(rule_id)
