"""The parts of a statement that the landing keeps as typed columns (xAPI Data 2.4).

Only these are decoded into structures. What is named here must have the type given here: the
specification forbids strings for numbers and null outside of extensions (Data 2.2). Everything
else stays in ``statement_json`` and, for extensions, in ``extensions_json``.
"""

from typing import Any

import msgspec
from msgspec import UNSET, UnsetType


class Account(msgspec.Struct, gc=False):
    """A login: the system's home page and the name in it (Data 2.4.2.4)."""

    home_page: str | UnsetType = msgspec.field(default=UNSET, name="homePage")
    name: str | UnsetType = UNSET


class Actor(msgspec.Struct, gc=False, rename="camel"):
    """An Agent or a Group (Data 2.4.2)."""

    object_type: str | UnsetType = UNSET
    name: str | UnsetType = UNSET
    mbox: str | UnsetType = UNSET
    mbox_sha1sum: str | UnsetType = msgspec.field(default=UNSET, name="mbox_sha1sum")
    openid: str | UnsetType = UNSET
    account: Account | UnsetType = UNSET
    member: list["Actor"] | UnsetType = UNSET


class Verb(msgspec.Struct, gc=False):
    """The action (Data 2.4.3)."""

    id: str | UnsetType = UNSET


class Definition(msgspec.Struct, gc=False):
    """What an activity is called and what kind it is (Data 2.4.4.1)."""

    name: dict[str, str] | UnsetType = UNSET
    type: str | UnsetType = UNSET
    extensions: dict[str, msgspec.Raw] | UnsetType = UNSET


class Activity(msgspec.Struct, gc=False):
    """An activity in the context (Data 2.4.6.2)."""

    id: str | UnsetType = UNSET
    definition: Definition | UnsetType = UNSET


class Target(Actor, gc=False, rename="camel"):
    """The object of a statement: one of five kinds, told apart by ``objectType`` (Data 2.4.4)."""

    id: str | UnsetType = UNSET
    definition: Definition | UnsetType = UNSET
    actor: Actor | UnsetType = UNSET
    verb: Verb | UnsetType = UNSET
    object: "Target | UnsetType" = UNSET


class Score(msgspec.Struct, gc=False):
    """A graded outcome (Data 2.4.5.1)."""

    scaled: float | UnsetType = UNSET
    raw: float | UnsetType = UNSET
    min: float | UnsetType = UNSET
    max: float | UnsetType = UNSET


class Result(msgspec.Struct, gc=False):
    """The outcome (Data 2.4.5)."""

    score: Score | UnsetType = UNSET
    success: bool | UnsetType = UNSET
    completion: bool | UnsetType = UNSET
    duration: str | UnsetType = UNSET
    response: str | UnsetType = UNSET
    extensions: dict[str, msgspec.Raw] | UnsetType = UNSET


class ContextActivities(msgspec.Struct, gc=False):
    """Related activities; a single one may stand without its list (Data 2.4.6.2)."""

    parent: list[Activity] | Activity | UnsetType = UNSET
    grouping: list[Activity] | Activity | UnsetType = UNSET
    category: list[Activity] | Activity | UnsetType = UNSET
    other: list[Activity] | Activity | UnsetType = UNSET


class StatementRef(msgspec.Struct, gc=False):
    """A pointer to another statement (Data 2.4.4.3)."""

    id: str | UnsetType = UNSET


class Context(msgspec.Struct, gc=False, rename="camel"):
    """What gives the statement its meaning (Data 2.4.6)."""

    registration: str | UnsetType = UNSET
    instructor: Actor | UnsetType = UNSET
    team: Actor | UnsetType = UNSET
    context_activities: ContextActivities | UnsetType = UNSET
    platform: str | UnsetType = UNSET
    language: str | UnsetType = UNSET
    statement: StatementRef | UnsetType = UNSET
    extensions: dict[str, msgspec.Raw] | UnsetType = UNSET


class Statement(msgspec.Struct, gc=False):
    """One statement, as far as the landing's columns need it (Data 2.4)."""

    id: str | UnsetType = UNSET
    actor: Actor | UnsetType = UNSET
    verb: Verb | UnsetType = UNSET
    object: Target | UnsetType = UNSET
    result: Result | UnsetType = UNSET
    context: Context | UnsetType = UNSET
    timestamp: str | UnsetType = UNSET
    stored: str | UnsetType = UNSET
    authority: Actor | UnsetType = UNSET
    version: str | UnsetType = UNSET


def given(value: Any) -> Any:
    """``value``, or None where the property is absent."""
    return None if value is UNSET else value
