"""Every part of a statement with its type (xAPI Data 2.4; 2.0: IEEE 9274.1.1).

The specification forbids other types, null outside of extensions, and names in another case
(Data 2.2). The structures know each property of both versions and no other: a statement with a
name that is not here leaves the typed path and is looked at by the rules. Values of extensions
stay raw: they are any JSON.
"""

from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

LanguageMap = dict[str, str]
Extensions = dict[str, msgspec.Raw]


class Account(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """A login: the system's home page and the name in it (Data 2.4.2.4)."""

    home_page: str | UnsetType = msgspec.field(default=UNSET, name="homePage")
    name: str | UnsetType = UNSET


class Actor(msgspec.Struct, gc=False, rename="camel", forbid_unknown_fields=True):
    """An Agent or a Group (Data 2.4.2)."""

    object_type: str | UnsetType = UNSET
    name: str | UnsetType = UNSET
    mbox: str | UnsetType = UNSET
    mbox_sha1sum: str | UnsetType = msgspec.field(default=UNSET, name="mbox_sha1sum")
    openid: str | UnsetType = UNSET
    account: Account | UnsetType = UNSET
    member: list["Actor"] | UnsetType = UNSET


class Verb(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """The action (Data 2.4.3)."""

    id: str | UnsetType = UNSET
    display: LanguageMap | UnsetType = UNSET


class Component(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """An option, a step, a source or a target of an interaction (Data 2.4.4.1)."""

    id: str | UnsetType = UNSET
    description: LanguageMap | UnsetType = UNSET


class Definition(msgspec.Struct, gc=False, rename="camel", forbid_unknown_fields=True):
    """What an activity is called, what kind it is and, if a question, how it goes (2.4.4.1)."""

    name: LanguageMap | UnsetType = UNSET
    description: LanguageMap | UnsetType = UNSET
    type: str | UnsetType = UNSET
    more_info: str | UnsetType = UNSET
    interaction_type: str | UnsetType = UNSET
    correct_responses_pattern: list[str] | UnsetType = UNSET
    choices: list[Component] | UnsetType = UNSET
    scale: list[Component] | UnsetType = UNSET
    source: list[Component] | UnsetType = UNSET
    target: list[Component] | UnsetType = UNSET
    steps: list[Component] | UnsetType = UNSET
    extensions: Extensions | UnsetType = UNSET


class Activity(msgspec.Struct, gc=False, rename="camel", forbid_unknown_fields=True):
    """An activity in the context (Data 2.4.6.2)."""

    object_type: str | UnsetType = UNSET
    id: str | UnsetType = UNSET
    definition: Definition | UnsetType = UNSET


class Score(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """A graded outcome (Data 2.4.5.1)."""

    scaled: float | UnsetType = UNSET
    raw: float | UnsetType = UNSET
    min: float | UnsetType = UNSET
    max: float | UnsetType = UNSET


class Result(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """The outcome (Data 2.4.5)."""

    score: Score | UnsetType = UNSET
    success: bool | UnsetType = UNSET
    completion: bool | UnsetType = UNSET
    duration: str | UnsetType = UNSET
    response: str | UnsetType = UNSET
    extensions: Extensions | UnsetType = UNSET


class ContextActivities(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """Related activities; a single one may stand without its list (Data 2.4.6.2)."""

    parent: list[Activity] | Activity | UnsetType = UNSET
    grouping: list[Activity] | Activity | UnsetType = UNSET
    category: list[Activity] | Activity | UnsetType = UNSET
    other: list[Activity] | Activity | UnsetType = UNSET


class StatementRef(msgspec.Struct, gc=False, rename="camel", forbid_unknown_fields=True):
    """A pointer to another statement (Data 2.4.4.3)."""

    object_type: str | UnsetType = UNSET
    id: str | UnsetType = UNSET


class ContextAgent(msgspec.Struct, gc=False, rename="camel", forbid_unknown_fields=True):
    """An agent that the statement relates to, and how (2.0)."""

    object_type: str | UnsetType = UNSET
    agent: Actor | UnsetType = UNSET
    relevant_types: list[str] | UnsetType = UNSET


class ContextGroup(msgspec.Struct, gc=False, rename="camel", forbid_unknown_fields=True):
    """A group that the statement relates to, and how (2.0)."""

    object_type: str | UnsetType = UNSET
    group: Actor | UnsetType = UNSET
    relevant_types: list[str] | UnsetType = UNSET


class Context(msgspec.Struct, gc=False, rename="camel", forbid_unknown_fields=True):
    """What gives the statement its meaning (Data 2.4.6)."""

    registration: str | UnsetType = UNSET
    instructor: Actor | UnsetType = UNSET
    team: Actor | UnsetType = UNSET
    context_activities: ContextActivities | UnsetType = UNSET
    context_agents: list[ContextAgent] | UnsetType = UNSET
    context_groups: list[ContextGroup] | UnsetType = UNSET
    revision: str | UnsetType = UNSET
    platform: str | UnsetType = UNSET
    language: str | UnsetType = UNSET
    statement: StatementRef | UnsetType = UNSET
    extensions: Extensions | UnsetType = UNSET


class Attachment(msgspec.Struct, gc=False, rename="camel", forbid_unknown_fields=True):
    """The header of an attachment (Data 2.4.11)."""

    usage_type: str | UnsetType = UNSET
    display: LanguageMap | UnsetType = UNSET
    description: LanguageMap | UnsetType = UNSET
    content_type: str | UnsetType = UNSET
    length: float | UnsetType = UNSET
    sha2: str | UnsetType = UNSET
    file_url: str | UnsetType = UNSET


class Target(Actor, gc=False, rename="camel", forbid_unknown_fields=True):
    """The object of a statement: one of five kinds, told apart by ``objectType`` (Data 2.4.4)."""

    id: str | UnsetType = UNSET
    definition: Definition | UnsetType = UNSET
    actor: Actor | UnsetType = UNSET
    verb: Verb | UnsetType = UNSET
    object: "Target | UnsetType" = UNSET
    result: Result | UnsetType = UNSET
    context: Context | UnsetType = UNSET
    timestamp: str | UnsetType = UNSET
    stored: str | UnsetType = UNSET
    authority: Actor | UnsetType = UNSET
    version: str | UnsetType = UNSET
    attachments: list[Attachment] | UnsetType = UNSET


class Statement(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """One statement (Data 2.4)."""

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
    attachments: list[Attachment] | UnsetType = UNSET


def given(value: Any) -> Any:
    """``value``, or None where the property is absent."""
    return None if value is UNSET else value
