"""Statement, result and context opened one level deep: texts decoded, parts left as bytes.

Parts repeat from statement to statement where wholes do not; ``parts`` takes them from here. The
names and types are those of ``model``.
"""

import msgspec
from msgspec import UNSET, UnsetType


class StatementOutline(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """A statement (Data 2.4)."""

    id: str | UnsetType = UNSET
    actor: msgspec.Raw | UnsetType = UNSET
    verb: msgspec.Raw | UnsetType = UNSET
    object: msgspec.Raw | UnsetType = UNSET
    result: msgspec.Raw | UnsetType = UNSET
    context: msgspec.Raw | UnsetType = UNSET
    timestamp: str | UnsetType = UNSET
    stored: str | UnsetType = UNSET
    authority: msgspec.Raw | UnsetType = UNSET
    version: str | UnsetType = UNSET
    attachments: msgspec.Raw | UnsetType = UNSET


class SubStatementOutline(StatementOutline, gc=False, rename="camel", forbid_unknown_fields=True):
    """A SubStatement (Data 2.4.4.3)."""

    object_type: str | UnsetType = UNSET


class ResultOutline(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """The outcome (Data 2.4.5)."""

    score: msgspec.Raw | UnsetType = UNSET
    success: bool | UnsetType = UNSET
    completion: bool | UnsetType = UNSET
    duration: str | UnsetType = UNSET
    response: str | UnsetType = UNSET
    extensions: msgspec.Raw | UnsetType = UNSET


class ContextOutline(msgspec.Struct, gc=False, rename="camel", forbid_unknown_fields=True):
    """What gives the statement its meaning (Data 2.4.6)."""

    registration: str | UnsetType = UNSET
    instructor: msgspec.Raw | UnsetType = UNSET
    team: msgspec.Raw | UnsetType = UNSET
    context_activities: msgspec.Raw | UnsetType = UNSET
    context_agents: msgspec.Raw | UnsetType = UNSET
    context_groups: msgspec.Raw | UnsetType = UNSET
    revision: str | UnsetType = UNSET
    platform: str | UnsetType = UNSET
    language: str | UnsetType = UNSET
    statement: msgspec.Raw | UnsetType = UNSET
    extensions: msgspec.Raw | UnsetType = UNSET
