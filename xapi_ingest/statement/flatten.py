"""The parts of a decoded statement as flat values.

``COLUMNS`` are the landing's columns that come from the statement alone, in the order of a row.
What names the batch (source, position, loaded_at) is added where rows are written.
"""

from collections.abc import Mapping
from typing import Any, Final

from msgspec import UNSET

from xapi_ingest.statement.identity import identity_of, iri_from_text, uuid_from_text
from xapi_ingest.statement.model import (
    Activity,
    Actor,
    ContextActivities,
    Definition,
    Score,
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
_EXTENDED: Final = (b'"object":', b'"result":', b'"context":')


# Where ``actor_values`` has the identifier that is kept of instructors, teams and authorities.
IFI_VALUE: Final = 2


def actor_values(actor: Actor) -> tuple[str | None, ...]:
    """Type, kind and value of the identifier, home page and name of the account, name."""
    kind = "Group" if actor.object_type == "Group" else "Agent"
    return (kind, *identity_of(actor), given(actor.name))


def target_values(target: Target) -> tuple[str | None, ...]:
    """Kind, id, activity type, name of what something was done to."""
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


def score_values(score: Score) -> tuple[float | None, ...]:
    """Scaled, raw, min, max."""
    if score.scaled is not UNSET and not -1 <= score.scaled <= 1:
        raise ValueError("a scaled score beyond -1 to 1")
    return given(score.scaled), given(score.raw), given(score.min), given(score.max)


def seconds_played(extensions: Mapping[str, Any]) -> float | None:
    """How much of a video was seen, by the extensions of a result."""
    segments = extensions.get(_SEGMENTS_KEY)
    return seconds_from_segments(segments) if isinstance(segments, str) else None


def session_and_mode(extensions: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """The session and Tilth's own mode of delivery, by the extensions of a context."""
    mode = extensions.get(_MODE_KEY)
    mode = mode if isinstance(mode, str) and mode in _MODES else None
    for key in _SESSION_KEYS:
        session = extensions.get(key)
        if isinstance(session, str) and session:
            return session, mode
    return None, mode


def related_values(related: ContextActivities) -> tuple[list[str] | None, ...]:
    """Ids of parent, grouping, category, other, and the activity types of all, distinct."""
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


def extensions_json(*parts: bytes | None) -> str | None:
    """The extensions of object, result and context, each as JSON, in one object."""
    kept = [name + part for name, part in zip(_EXTENDED, parts, strict=True) if part is not None]
    return (b"{%b}" % b",".join(kept)).decode() if kept else None
