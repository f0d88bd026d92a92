"""Rules about the bytes of one statement, before it is decoded.

Each rule presupposes those before it, so the first that objects has the last word. A rule yields
problems; it never raises.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

import orjson

from xapi_ingest.statement.rules.rule import Finding, Rule, rule

# Deep enough for any statement; shallow enough for every JSON reader that comes after us.
MAX_DEPTH: Final = 200
_DIGITS_OF_THE_LARGEST_DOUBLE: Final = 309
_ESCAPED_QUOTE: Final = b"\\u0022"
_STRING: Final = re.compile(rb'"(?:[^"\\]|\\.)*+"?', re.DOTALL)
_NOT_BRACKET: Final = re.compile(rb"[^\[\]{}]+")
_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")


@rule("RFC 8259 8.1", remedy="Export the file as UTF-8.")
def statement_is_utf8(raw: bytes) -> Iterator[Finding]:
    """A statement is JSON text, and JSON text between systems is UTF-8."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        yield (), f"byte {error.start + 1} is not UTF-8"


@rule("RFC 8259 9", remedy="Send deep structures as a text, not as JSON in the statement.")
def nesting_is_limited(raw: bytes) -> Iterator[Finding]:
    """Objects and arrays stand at most 200 deep in each other, a limit that JSON allows."""
    depth = nesting_depth(raw)
    if depth > MAX_DEPTH:
        yield (), f"{depth} objects or arrays stand in each other, more than {MAX_DEPTH}"


@rule(
    "Data 2.2",
    remedy="Export the file again; look for a line break or a cut inside the statement.",
)
def statement_is_json(raw: bytes) -> Iterator[Finding]:
    """A statement is one JSON document."""
    try:
        # NaN is the next rule's affair.
        value = json.loads(raw.decode(), parse_int=str, parse_float=str)
    except ValueError as error:
        at = f" at character {error.pos + 1}" if isinstance(error, json.JSONDecodeError) else ""
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "not readable"
        yield (), f"not JSON{at}: {reason}"
        return
    if b"\\u" in raw and _LONE_SURROGATE.search(json.dumps(value, ensure_ascii=False)):
        yield (), "not JSON text: half of a surrogate pair stands alone"


@rule("RFC 8259 6", remedy="Leave the property out where there is no number.")
def number_is_finite(raw: bytes) -> Iterator[Finding]:
    """A number is finite: NaN and Infinity are not JSON."""
    found: list[str] = []

    def real(text: str) -> float:
        value = float(text)
        if value in {float("inf"), float("-inf")}:
            found.append("a number beyond the largest double")
        return value

    def whole(text: str) -> int:
        if len(text.lstrip("-")) >= _DIGITS_OF_THE_LARGEST_DOUBLE:
            real(text)
        return 0

    json.loads(raw.decode(), parse_constant=found.append, parse_float=real, parse_int=whole)
    if found:
        yield (), f"{found[0]} is not a JSON number"


@rule("Data 2.2", remedy="Send each property once.")
def key_appears_once(raw: bytes) -> Iterator[Finding]:
    """No object has one key twice; which of the two would count is undefined."""
    twin = _first_twin_key(raw)
    if twin is not None:
        yield (), f"the key {twin[:80]!r} comes twice in one object"


@rule("Data 2.4", remedy="Send one object per statement.")
def statement_is_an_object(raw: bytes) -> Iterator[Finding]:
    """A statement is a JSON object."""
    if not raw.lstrip().startswith(b"{"):
        yield (), "this JSON value is not an object"


DOCUMENT_RULES: Final[tuple[Rule[bytes], ...]] = (
    statement_is_utf8,
    nesting_is_limited,
    statement_is_json,
    number_is_finite,
    key_appears_once,
    statement_is_an_object,
)


def decoded_if_in_order(raw: bytes) -> dict[str, Any] | None:
    """The decoded statement if it is quickly proven that no rule here objects, else None."""
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(value, dict) or is_deep(raw):
        return None
    return None if may_have_twin_keys(raw, orjson.dumps(value).count(b'"')) else value


def may_have_twin_keys(raw: bytes, quotes: int) -> bool:
    """Whether an object in ``raw`` may have one key twice; false proves that none has.

    A dropped twin takes its quotes with it, so equal counts prove that there was none. Only an
    escape that hides a quote can upset the count.

    Args:
        raw: The statement, which is JSON.
        quotes: How many ``"`` a compact writing of the decoded statement has.
    """
    return _ESCAPED_QUOTE in raw or raw.count(b'"') != quotes


def is_deep(raw: bytes) -> bool:
    """Whether ``raw`` is nested beyond the limit."""
    return raw.count(b"{") + raw.count(b"[") > MAX_DEPTH and nesting_depth(raw) > MAX_DEPTH


def may_be_deep(part: bytes) -> bool:
    """Whether a statement may be nested beyond the limit because of this ``part`` of it."""
    return part.count(b"{") + part.count(b"[") > MAX_DEPTH // 2


def nesting_depth(raw: bytes) -> int:
    """How deep the brackets outside of strings stand in each other."""
    depth = deepest = 0
    for byte in _NOT_BRACKET.sub(b"", _STRING.sub(b"", raw)):
        if byte in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        else:
            depth -= 1
    return deepest


def has_twin_keys(raw: bytes) -> bool:
    """Whether an object in ``raw``, which is JSON, has one key twice."""
    return _first_twin_key(raw) is not None


def _first_twin_key(raw: bytes) -> str | None:
    twins: list[str] = []

    def look(pairs: list[tuple[str, Any]]) -> None:
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                twins.append(key)
            seen.add(key)

    json.loads(raw.decode(), object_pairs_hook=look, parse_int=str, parse_float=str)
    return twins[0] if twins else None
