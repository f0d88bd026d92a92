"""Bytes to one statement, or to everything that is wrong with it.

What is in order takes the typed path and never meets a rule. Only what that path turns away is
decoded again, loosely, and shown to every rule. Both agree: the typed path accepts exactly the
statements to which no rule objects (a property test holds them to it).
"""

from typing import Any, Final, NamedTuple

import msgspec
import orjson
from msgspec import UNSET

from xapi_ingest.statement.canonical import derived_id, fingerprint_and_quotes
from xapi_ingest.statement.flatten import Extensions, row_from_statement
from xapi_ingest.statement.identity import uuid_from_text
from xapi_ingest.statement.model import Statement
from xapi_ingest.statement.problems import Problem
from xapi_ingest.statement.rules import problems_of
from xapi_ingest.statement.rules.document import MAX_DEPTH, has_twin_keys, nesting_depth

_DECODER: Final = msgspec.json.Decoder(Statement)
_ESCAPED_QUOTE: Final = b"\\u0022"


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
    """The statement in ``raw``, or all problems with it (never an empty list).

    Args:
        raw: One JSON document, as received.
        source_name: Name of the source; an id that has to be derived depends on it.
    """
    try:
        return _parse(raw, source_name)
    except (ValueError, AttributeError, TypeError, RecursionError):
        # msgspec and orjson raise kinds of ValueError; a missing part is an AttributeError or,
        # where text is asked of it, a TypeError.
        problems = problems_of(raw)
        if problems:
            return problems
        raise  # no rule objects: the defect is ours, and must not pass as the sender's


def _parse(raw: bytes, source_name: str) -> ParsedStatement:
    if raw.count(b"{") + raw.count(b"[") > MAX_DEPTH and nesting_depth(raw) > MAX_DEPTH:
        raise ValueError("nested too deeply")
    loaded = orjson.loads(raw)
    fingerprint, quotes = fingerprint_and_quotes(loaded)
    # A dropped twin takes its quotes with it, so equal counts prove that there was none. Only an
    # escape that hides a quote can upset the count; then every key is looked at.
    if (_ESCAPED_QUOTE in raw or raw.count(b'"') != quotes) and has_twin_keys(raw):
        raise ValueError("a key comes twice")
    statement = _DECODER.decode(raw)
    row = row_from_statement(statement, _extensions_of(loaded))
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
