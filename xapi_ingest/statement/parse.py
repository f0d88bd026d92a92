"""Bytes to one statement, or to everything that is wrong with it.

What is in order takes the typed path and never meets a rule. What that path turns away is decoded
again, loosely, and shown to the rules that reject; if none objects, what turned it away was the
letter (a property that nobody knows), and it lands without that. Both agree: a statement is
accepted exactly if no rejecting rule objects (property tests hold them to it).
"""

from datetime import datetime
from typing import Any, Final, NamedTuple

import msgspec
import orjson
from msgspec import UNSET

from xapi_ingest.statement import parts
from xapi_ingest.statement.canonical import derived_id, fingerprint_of, fingerprint_of_whole
from xapi_ingest.statement.flatten import COLUMNS, IFI_VALUE, extensions_json
from xapi_ingest.statement.identity import VOIDED, uuid_from_text
from xapi_ingest.statement.instant import instant_from_text
from xapi_ingest.statement.model import given
from xapi_ingest.statement.outline import StatementOutline, SubStatementOutline
from xapi_ingest.statement.problems import Problem
from xapi_ingest.statement.rules import problems_of, rejections
from xapi_ingest.statement.rules.document import has_twin_keys, is_deep, may_have_twin_keys
from xapi_ingest.statement.rules.structure import with_known_properties_only

_DECODER: Final = msgspec.json.Decoder(StatementOutline)
_SUB_DECODER: Final = msgspec.json.Decoder(SubStatementOutline)
_OBJECT_TYPE: Final = COLUMNS.index("object_type")
_AROUND_ID, _AROUND_STORED, _AROUND_VERSION = (
    len(f',"{name}":""') for name in ("id", "stored", "version")
)
_AROUND_AUTHORITY: Final = len(',"authority":')


class ParsedStatement(NamedTuple):
    """One usable statement.

    Attributes:
        statement_id: The sender's id in lower case, else one derived from source and content.
        is_id_derived: Whether the statement came without an id.
        fingerprint: Hash of the canonical content.
        has_timestamp: Whether the sender gave the time of the event.
        row: Values of ``flatten.COLUMNS``.
    """

    statement_id: str
    is_id_derived: bool
    fingerprint: str
    has_timestamp: bool
    row: tuple[Any, ...]


def parse_statement(raw: bytes, source_name: str) -> ParsedStatement | list[Problem]:
    """The statement in ``raw``, or every reason to reject it (never an empty list).

    Of breaches that are tolerated nothing is said: ``validate_statement`` names them.

    Args:
        raw: One JSON document, as received.
        source_name: Name of the source; an id that has to be derived depends on it.
    """
    try:
        return _parsed(raw, source_name)
    except (ValueError, AttributeError, TypeError, RecursionError):
        # msgspec and orjson raise kinds of ValueError; a missing part is an AttributeError or,
        # where text is asked of it, a TypeError.
        problems = rejections(raw)
    if problems:
        return problems
    # Anything raised from here is a defect of ours, and must not pass as the sender's.
    return _parsed_but_for(raw, source_name)


def validate_statement(raw: bytes, *, version: str = "1.0.3") -> list[Problem]:
    """Everything that the specification has against the statement in ``raw``.

    Args:
        raw: One JSON document, as received.
        version: 1.0.x, or 2.0.x for IEEE 9274.1.1.
    """
    return problems_of(raw, is_second=version.startswith("2."))


def _parsed(raw: bytes, source_name: str) -> ParsedStatement:
    """The statement in ``raw``, if it has the known properties and nothing is wrong with it."""
    outline = _DECODER.decode(raw)
    text, row, shorter = _text_and_row(outline)
    if len(text) + shorter != len(raw):
        _check_whole(raw, outline, text)
    if row[_OBJECT_TYPE] == "SubStatement" and not _is_plain(outline) and rejections(raw):
        raise ValueError("a SubStatement to be rejected")
    return _named(outline, row, fingerprint_of(text), source_name)


def _is_plain(outline: StatementOutline) -> bool:
    """Whether the SubStatement passes as a statement; of one that does not the rules decide."""
    try:
        inner = _SUB_DECODER.decode(bytes(outline.object))  # type: ignore[arg-type]  # it is there
        _, row, _ = _text_and_row(inner)
    except (ValueError, AttributeError, TypeError, RecursionError):
        return False
    own = (inner.id, inner.stored, inner.authority, inner.version)
    return row[_OBJECT_TYPE] != "SubStatement" and all(value is UNSET for value in own)


def _check_whole(raw: bytes, outline: StatementOutline, text: bytes) -> None:
    """That no key comes twice in ``raw``, and that it is not too deep."""
    if is_deep(raw):
        raise ValueError("nested too deeply")
    quotes = text.count(b'"')
    for left_out in (outline.id, outline.stored, outline.version):
        if left_out is not UNSET:
            quotes += 2 + orjson.dumps(left_out).count(b'"')
    if outline.authority is not UNSET:
        quotes += 2 + parts.actors[bytes(outline.authority)][0].count(b'"')
    if may_have_twin_keys(raw, quotes) and has_twin_keys(raw):
        raise ValueError("a key comes twice")


def _parsed_but_for(raw: bytes, source_name: str) -> ParsedStatement:
    """The statement in ``raw``, to which no rule objects, without properties that nobody knows."""
    known = with_known_properties_only(orjson.loads(raw))
    outline = _DECODER.decode(orjson.dumps(known))
    return _named(outline, _text_and_row(outline)[1], fingerprint_of_whole(raw), source_name)


def _named(
    outline: StatementOutline, row: tuple[Any, ...], fingerprint: str, source_name: str
) -> ParsedStatement:
    given_id = outline.id
    if given_id is UNSET:
        statement_id = derived_id(source_name, fingerprint)
    else:
        statement_id = uuid_from_text(given_id)
    return ParsedStatement(
        statement_id, given_id is UNSET, fingerprint, outline.timestamp is not UNSET, row
    )


def _text_and_row(outline: StatementOutline) -> tuple[bytes, tuple[Any, ...], int]:
    """The canonical text, the row, and by how many bytes the text is shorter than the statement."""
    actor, shorter, who = parts.actors[bytes(outline.actor)]  # type: ignore[arg-type]  # absent:
    verb, less_verb, (verb_iri,) = parts.verbs[bytes(outline.verb)]  # type: ignore[arg-type]  # a
    target, less, what = parts.objects[bytes(outline.object)]  # type: ignore[arg-type]  # TypeError
    shorter += less + less_verb
    if verb_iri == VOIDED and what[0] != "StatementRef":
        raise ValueError("a voiding statement that names no statement")
    members = [b'{"actor":' + actor]
    if outline.attachments is not UNSET:
        text, less, _ = parts.attachments(bytes(outline.attachments))
        members.append(b'"attachments":' + text)
        shorter += less
    where = parts.NO_CONTEXT
    if outline.context is not UNSET:
        text, less, where = parts.context_part(bytes(outline.context))
        members.append(b'"context":' + text)
        shorter += less
    members.append(b'"object":' + target)
    outcome = parts.NO_RESULT
    if outline.result is not UNSET:
        text, less, outcome = parts.result_part(bytes(outline.result))
        members.append(b'"result":' + text)
        shorter += less
    occurred = None
    if outline.timestamp is not UNSET:
        occurred = instant_from_text(outline.timestamp)
        members.append(b'"timestamp":"%b"' % outline.timestamp.encode())
    members.append(b'"verb":' + verb + b"}")
    stored, authority, less = _left_out(outline)
    extensions = extensions_json(what[-1], outcome[-1], where[-1])
    head = (occurred or stored, stored, *who, verb_iri, *what[:-1], *outcome[:-1], *where[:-1])
    row = (*head, authority, given(outline.version), extensions)
    return b",".join(members), row, shorter + less


def _left_out(outline: StatementOutline) -> tuple[datetime | None, str | None, int]:
    """``stored``, who the authority is, and how long what is left out of the text is at least."""
    stored = authority = None
    size = 0
    if outline.id is not UNSET:
        size += _AROUND_ID + len(outline.id)
    if outline.stored is not UNSET:
        stored = instant_from_text(outline.stored)
        size += _AROUND_STORED + len(outline.stored)
    if outline.authority is not UNSET:
        text, less, values = parts.actors[bytes(outline.authority)]
        authority = values[IFI_VALUE]
        size += _AROUND_AUTHORITY + len(text) + less
    if outline.version is not UNSET:
        size += _AROUND_VERSION + len(outline.version)
    return stored, authority, size
