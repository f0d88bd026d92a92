"""Bytes to one statement, or to everything that is wrong with it.

What is in order takes the typed path and never meets a rule. What that path turns away is decoded
again, loosely, and shown to the rules that reject; if none objects, what turned it away was the
letter (a property that nobody knows), and it lands without that. Both agree: a statement is
accepted exactly if no rejecting rule objects (property tests hold them to it).
"""

from typing import Any, Final, NamedTuple

import msgspec
import orjson
from msgspec import UNSET

from xapi_ingest.statement.canonical import (
    decoded,
    derived_id,
    fingerprint_and_quotes,
    with_doubles,
)
from xapi_ingest.statement.flatten import COLUMNS, Extensions, row_from_statement
from xapi_ingest.statement.identity import uuid_from_text
from xapi_ingest.statement.model import Statement
from xapi_ingest.statement.problems import Problem
from xapi_ingest.statement.rules import problems_of, rejections, rejections_of_decoded
from xapi_ingest.statement.rules.document import has_twin_keys, is_deep, may_have_twin_keys
from xapi_ingest.statement.rules.structure import with_known_properties_only

_DECODER: Final = msgspec.json.Decoder(Statement)
_OBJECT_TYPE: Final = COLUMNS.index("object_type")


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
        return _parsed(raw, raw, source_name)
    except (ValueError, AttributeError, TypeError, RecursionError):
        # msgspec and orjson raise kinds of ValueError; a missing part is an AttributeError or,
        # where text is asked of it, a TypeError.
        problems = rejections(raw)
    if problems:
        return problems
    # Anything raised from here is a defect of ours, and must not pass as the sender's.
    return _parsed(raw, orjson.dumps(with_known_properties_only(orjson.loads(raw))), source_name)


def validate_statement(raw: bytes, *, version: str = "1.0.3") -> list[Problem]:
    """Everything that the specification has against the statement in ``raw``.

    Args:
        raw: One JSON document, as received.
        version: 1.0.x, or 2.0.x for IEEE 9274.1.1.
    """
    return problems_of(raw, is_second=version.startswith("2."))


def _parsed(raw: bytes, known: bytes, source_name: str) -> ParsedStatement:
    """The statement in ``raw``; ``known`` is the same without properties that nobody knows."""
    if is_deep(raw):
        raise ValueError("nested too deeply")
    loaded = decoded(raw)
    try:
        fingerprint, quotes = fingerprint_and_quotes(loaded)
    except TypeError:
        loaded = with_doubles(loaded)
        fingerprint, quotes = fingerprint_and_quotes(loaded)
    if may_have_twin_keys(raw, quotes) and has_twin_keys(raw):
        raise ValueError("a key comes twice")
    statement = _DECODER.decode(known)
    row = row_from_statement(statement, _extensions_of(loaded))
    # Rare, and a statement in itself: the rules look at it rather than a second typed path.
    if row[_OBJECT_TYPE] == "SubStatement" and rejections_of_decoded(loaded):
        raise ValueError("a SubStatement to be rejected")
    is_derived = statement.id is UNSET
    statement_id = (
        derived_id(source_name, fingerprint)
        if statement.id is UNSET
        else uuid_from_text(statement.id)
    )
    return ParsedStatement(
        statement_id, is_derived, fingerprint, statement.timestamp is not UNSET, row
    )


def _extensions_of(loaded: dict[str, Any]) -> Extensions:
    result, context = loaded.get("result"), loaded.get("context")
    definition = loaded["object"].get("definition") if "object" in loaded else None
    return Extensions(
        definition.get("extensions") if definition else None,
        result.get("extensions") if result else None,
        context.get("extensions") if context else None,
    )
