"""Each part of a statement from its bytes: its canonical text, and its values for the landing.

A part is decoded by its type of ``model``, so that what the specification forbids there raises, and
once more loosely, for the canonical text. What comes again in the same bytes is kept.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

import msgspec
import orjson
from msgspec import UNSET

from xapi_ingest.statement import flatten
from xapi_ingest.statement.canonical import value_and_text
from xapi_ingest.statement.duration import seconds_from_duration
from xapi_ingest.statement.identity import iri_from_text, uuid_from_text
from xapi_ingest.statement.kept import Kept
from xapi_ingest.statement.model import (
    Actor,
    Attachment,
    ContextActivities,
    ContextAgent,
    ContextGroup,
    Score,
    StatementRef,
    Target,
    Verb,
    given,
)
from xapi_ingest.statement.outline import ContextOutline, ResultOutline
from xapi_ingest.statement.rules.document import may_be_deep, may_have_twin_keys

# The canonical text; by how many bytes it is shorter than what was received; and values, ordered as
# in ``flatten.COLUMNS``. Those of an object, a result and a context end with their extensions as
# JSON, None where there are none.
Part = tuple[bytes, int, tuple[Any, ...]]

# In place of a length: the whole statement must be looked at for twin keys and for depth.
DOUBT: Final = 1 << 60
NO_RESULT: Final = (None,) * 10
NO_CONTEXT: Final = (None,) * 14
_NO_SCORE: Final = (None,) * 4
_NONE_RELATED: Final = (None,) * 5
_TRUTH: Final = {True: b"true", False: b"false"}
_MEGABYTE: Final = 1024 * 1024


def _typed(kind: Any, values_of: Callable[[Any], tuple[Any, ...]]) -> Callable[[bytes], Part]:
    """What makes a part of the bytes of a ``kind``."""
    decoder = msgspec.json.Decoder(kind)

    def part_of(raw: bytes) -> Part:
        values = values_of(decoder.decode(raw))
        _, text, shorter = _read(raw)
        return _compact(text, raw), shorter, values

    return part_of


def _read(raw: bytes) -> tuple[Any, bytes, int]:
    """The value, its canonical text, and by how many bytes that is shorter."""
    value, text = value_and_text(raw)
    if may_be_deep(raw):
        return value, text, DOUBT
    if text == raw:
        return value, raw, 0
    if may_have_twin_keys(raw, text.count(b'"')):
        return value, text, DOUBT
    return value, text, len(raw) - len(text)


def _compact(text: bytes, raw: bytes = b"") -> bytes:
    """To be kept: ``raw`` or a copy, as orjson's bytes keep a kilobyte from being used again."""
    return raw if text == raw else bytes(memoryview(text))


def _object(raw: bytes) -> Part:
    values = flatten.target_values(_TARGET.decode(raw))
    value, text, shorter = _read(raw)
    definition = value.get("definition")
    extensions = definition.get("extensions") if definition else None
    kept = _compact(orjson.dumps(extensions)) if extensions else None
    return _compact(text, raw), shorter, (*values, kept)


def _extensions(raw: bytes) -> tuple[bytes, int, dict[str, Any], bytes | None]:
    value, text, shorter = _read(raw)
    if type(value) is not dict:
        raise ValueError("extensions that are no object")
    return text, shorter, value, orjson.dumps(value) if value else None


def joined(members: list[bytes], shorter: int, raw: bytes) -> tuple[bytes, int]:
    """The canonical text of an object of ``members``, and by how many bytes it is shorter.

    An object that is exactly as long as its members has no other, and so no key twice: what is
    received is never shorter than its canonical text, numbers apart, and these are in parts.
    """
    text = b"{%b}" % b",".join(members)
    difference = len(raw) - len(text)
    return text, difference if difference == shorter else DOUBT


_TARGET: Final = msgspec.json.Decoder(Target)
_RESULT: Final = msgspec.json.Decoder(ResultOutline)
_CONTEXT: Final = msgspec.json.Decoder(ContextOutline)

actors: Final = Kept(_typed(Actor, flatten.actor_values), most_bytes=20 * _MEGABYTE)
verbs: Final = Kept(_typed(Verb, lambda one: (iri_from_text(one.id),)), most_bytes=2 * _MEGABYTE)
objects: Final = Kept(_object, most_bytes=24 * _MEGABYTE)
_related: Final = Kept(_typed(ContextActivities, flatten.related_values), most_bytes=8 * _MEGABYTE)
_scores: Final = Kept(_typed(Score, flatten.score_values), most_bytes=2 * _MEGABYTE)
_reference: Final = _typed(StatementRef, lambda one: (uuid_from_text(one.id),))
_agents: Final = _typed(list[ContextAgent], lambda _: ())
_groups: Final = _typed(list[ContextGroup], lambda _: ())
attachments: Final = _typed(list[Attachment], lambda _: ())
_seconds: Final = lru_cache(maxsize=16_384)(seconds_from_duration)
# Platforms and languages; also what a response to a question usually is.
_short: Final = lru_cache(maxsize=4_096)(orjson.dumps)


def result_part(raw: bytes) -> Part:
    """Values: score, success, completion, duration, played seconds, response, extensions."""
    outline = _RESULT.decode(raw)
    members: list[bytes] = []
    shorter = 0
    seconds = played = kept = None
    score = _NO_SCORE
    if outline.completion is not UNSET:
        members.append(b'"completion":' + _TRUTH[outline.completion])
    if outline.duration is not UNSET:
        seconds = _seconds(outline.duration)
        members.append(b'"duration":' + orjson.dumps(outline.duration))
    if outline.extensions is not UNSET:
        text, shorter, value, kept = _extensions(bytes(outline.extensions))
        members.append(b'"extensions":' + text)
        played = flatten.seconds_played(value)
    if outline.response is not UNSET:
        members.append(b'"response":' + orjson.dumps(outline.response))
    if outline.score is not UNSET:
        text, less, score = _scores[bytes(outline.score)]
        members.append(b'"score":' + text)
        shorter += less
    if outline.success is not UNSET:
        members.append(b'"success":' + _TRUTH[outline.success])
    truths = (given(outline.success), given(outline.completion))
    values = (*score, *truths, seconds, played, given(outline.response), kept)
    return *joined(members, shorter, raw), values


def context_part(raw: bytes) -> Part:  # noqa: C901  (one branch a property, in canonical order)
    """Values: registration, session, … as in ``flatten.COLUMNS``, extensions."""
    outline = _CONTEXT.decode(raw)
    members: list[bytes] = []
    shorter = 0
    registration = session = mode = kept = instructor = team = None
    related = _NONE_RELATED
    if outline.context_activities is not UNSET:
        text, shorter, related = _related[bytes(outline.context_activities)]
        members.append(b'"contextActivities":' + text)
    if outline.extensions is not UNSET:
        text, less, value, kept = _extensions(bytes(outline.extensions))
        members.append(b'"extensions":' + text)
        shorter += less
        session, mode = flatten.session_and_mode(value)
    if outline.instructor is not UNSET:
        text, less, values = actors[bytes(outline.instructor)]
        members.append(b'"instructor":' + text)
        shorter += less
        instructor = values[flatten.IFI_VALUE]
    if outline.language is not UNSET:
        members.append(b'"language":' + _short(outline.language))
    if outline.platform is not UNSET:
        members.append(b'"platform":' + _short(outline.platform))
    if outline.registration is not UNSET:
        registration = uuid_from_text(outline.registration)
        members.append(b'"registration":"%b"' % outline.registration.encode())
    if outline.team is not UNSET:
        text, less, values = actors[bytes(outline.team)]
        members.append(b'"team":' + text)
        shorter += less
        team = values[flatten.IFI_VALUE]
    others, less, reference = _others(outline)
    if others:
        members = sorted(members + others)
    places = (given(outline.platform), given(outline.language), instructor, team)
    values = (registration, session, *places, *related, reference, mode, kept)
    return *joined(members, shorter + less, raw), values


def _others(outline: ContextOutline) -> tuple[list[bytes], int, str | None]:
    """Rare members of a context, by how much they are shorter, and the statement referred to."""
    members: list[bytes] = []
    shorter = 0
    reference = None
    for name, made, part in (
        (b"contextAgents", _agents, outline.context_agents),
        (b"contextGroups", _groups, outline.context_groups),
        (b"statement", _reference, outline.statement),
    ):
        if part is not UNSET:
            text, less, values = made(bytes(part))
            members.append(b'"%b":%b' % (name, text))
            shorter += less
            reference = values[0] if values else reference
    if outline.revision is not UNSET:
        members.append(b'"revision":' + orjson.dumps(outline.revision))
    return members, shorter, reference
