"""A decoded statement as one flat row.

``COLUMNS`` are the landing's columns that come from the statement alone, in the order of the row.
What names the batch (source, position, loaded_at) is added where rows are written.
"""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import orjson
from msgspec import UNSET

from xapi_ingest.statement.duration import seconds_from_duration
from xapi_ingest.statement.identity import (
    VOIDED,
    Identity,
    identity_of,
    iri_from_text,
    uuid_from_text,
)
from xapi_ingest.statement.instant import instant_from_text
from xapi_ingest.statement.model import (
    Activity,
    Context,
    ContextActivities,
    Definition,
    Result,
    Statement,
    Target,
    given,
)
from xapi_ingest.statement.segments import seconds_from_segments

COLUMNS: Final = (
    *("occurred_at", "stored_at"),
    *("actor_type", "actor_ifi_kind", "actor_ifi_value"),
    *("actor_account_home_page", "actor_account_name", "actor_name"),
    *("verb_iri", "object_type", "object_id", "activity_type_iri", "activity_name"),
    *("score_scaled", "score_raw", "score_min", "score_max"),
    *("is_success", "is_completion", "duration_seconds", "played_seconds", "response"),
    *("registration_id", "session_id", "platform", "language"),
    *("instructor_ifi_value", "team_ifi_value"),
    *("parent_ids", "grouping_ids", "category_ids", "other_ids", "context_type_iris"),
    *("statement_ref_id", "delivery_mode", "authority_ifi_value", "version", "extensions_json"),
)

_SESSION_KEYS: Final = (
    "https://w3id.org/xapi/video/extensions/session-id",
    "https://w3id.org/xapi/cmi5/context/extensions/sessionid",
    "https://w3id.org/xapi/openedx/extensions/session-id",
)
_SEGMENTS_KEY: Final = "https://w3id.org/xapi/video/extensions/played-segments"
_MODE_KEY: Final = "https://w3id.org/tilth/extensions/delivery-mode"
_MODES: Final = frozenset({"in_person", "live_online", "self_paced"})
_NO_RESULT: Final = (None,) * 9
_NO_CONTEXT: Final = (None,) * 13
_NONE_RELATED: Final = (None,) * 5


class Extensions(NamedTuple):
    """The three extension maps of a statement as decoded; None where there is none."""

    object: Mapping[str, Any] | None
    result: Mapping[str, Any] | None
    context: Mapping[str, Any] | None


def row_from_statement(statement: Statement, extensions: Extensions) -> tuple[Any, ...]:
    """The values of ``COLUMNS``.

    Raises:
        ValueError, AttributeError: A part is missing or malformed; the rules say which.
    """
    stored = None if statement.stored is UNSET else instant_from_text(statement.stored)
    occurred = None if statement.timestamp is UNSET else instant_from_text(statement.timestamp)
    actor, result, context = statement.actor, statement.result, statement.context
    verb_iri = iri_from_text(statement.verb.id)  # type: ignore[union-attr]
    if verb_iri == VOIDED and statement.object.object_type != "StatementRef":  # type: ignore[union-attr]
        raise ValueError("a voiding statement that names no statement")
    identity = identity_of(actor)  # type: ignore[arg-type]  # absent: AttributeError
    return (
        occurred or stored,
        stored,
        "Group" if actor.object_type == "Group" else "Agent",  # type: ignore[union-attr]
        *identity,
        given(actor.name),
        iri_from_text(statement.verb.id),  # type: ignore[union-attr]
        *_target(statement.object),  # type: ignore[arg-type]
        *(_NO_RESULT if result is UNSET else _result(result, extensions.result)),
        *(_NO_CONTEXT if context is UNSET else _context(context, extensions.context)),
        None if statement.authority is UNSET else identity_of(statement.authority).value,
        given(statement.version),
        _extensions_json(extensions),
    )


def _target(target: Target) -> tuple[str | None, ...]:
    kind = target.object_type
    if kind in {"Agent", "Group"}:
        return str(kind), identity_of(target).value, None, given(target.name)
    if kind == "StatementRef":
        return "StatementRef", uuid_from_text(target.id), None, None  # type: ignore[arg-type]
    if kind == "SubStatement":
        # Its parts are not kept; the caller has shown them to the rules.
        return "SubStatement", None, None, None
    definition = target.definition
    if definition is UNSET:
        return "Activity", iri_from_text(target.id), None, None
    # Real emitters leave the id out; the definition still says what kind of thing it was.
    activity = None if target.id is UNSET else iri_from_text(target.id)
    return "Activity", activity, given(definition.type), _name_in_english(definition)


def _name_in_english(definition: Definition) -> str | None:
    names = definition.name
    if names is UNSET or not names:
        return None
    if "en" in names:
        return names["en"]
    for language, name in names.items():
        if language[:3].lower() in {"en", "en-"}:
            return name
    return next(iter(names.values()))


def _result(result: Result, extensions: Mapping[str, Any] | None) -> tuple[Any, ...]:
    score = result.score
    segments = extensions.get(_SEGMENTS_KEY) if extensions else None
    if score is not UNSET and score.scaled is not UNSET and not -1 <= score.scaled <= 1:
        raise ValueError("a scaled score beyond -1 to 1")
    return (
        *(
            (None, None, None, None)
            if score is UNSET
            else (given(score.scaled), given(score.raw), given(score.min), given(score.max))
        ),
        given(result.success),
        given(result.completion),
        None if result.duration is UNSET else seconds_from_duration(result.duration),
        seconds_from_segments(segments) if isinstance(segments, str) else None,
        given(result.response),
    )


def _context(context: Context, extensions: Mapping[str, Any] | None) -> tuple[Any, ...]:
    related, reference = context.context_activities, context.statement
    session, mode = _session_and_mode(extensions) if extensions else (None, None)
    return (
        None if context.registration is UNSET else uuid_from_text(context.registration),
        session,
        given(context.platform),
        given(context.language),
        _value_of(context.instructor),
        _value_of(context.team),
        *(_NONE_RELATED if related is UNSET else _related(related)),
        None if reference is UNSET else uuid_from_text(reference.id),  # type: ignore[arg-type]
        mode,
    )


def _value_of(actor: Any) -> str | None:
    identity: Identity | None = None if actor is UNSET else identity_of(actor)
    return identity.value if identity else None


def _session_and_mode(extensions: Mapping[str, Any]) -> tuple[str | None, str | None]:
    mode = extensions.get(_MODE_KEY)
    mode = mode if isinstance(mode, str) and mode in _MODES else None
    for key in _SESSION_KEYS:
        session = extensions.get(key)
        if isinstance(session, str) and session:
            return session, mode
    return None, mode


def _related(related: ContextActivities) -> tuple[list[str] | None, ...]:
    types: dict[str, None] = {}
    lists: list[list[str] | None] = []
    for group in (related.parent, related.grouping, related.category, related.other):
        if group is UNSET:
            lists.append(None)
            continue
        activities = [group] if isinstance(group, Activity) else group
        # Kept as they came: a malformed related id makes no statement unusable.
        lists.append([activity.id for activity in activities if activity.id is not UNSET])
        for activity in activities:
            if activity.definition is not UNSET and activity.definition.type is not UNSET:
                types[activity.definition.type] = None
    return (*lists, list(types) or None)


def _extensions_json(extensions: Extensions) -> str | None:
    kept = {
        name: value for name, value in zip(extensions._fields, extensions, strict=True) if value
    }
    return orjson.dumps(kept).decode() if kept else None
