"""Functions on what a cell can hold besides a text: records, lists of records, JSON, addresses.

Functions on texts, numbers and lengths of time are in ``functions``; what only SCORM needs is in
``scorm``. Each is pure, bounded, and gives nothing for nothing.
"""

import re
from typing import Any, Final
from urllib.parse import quote, unquote

import orjson

from xapi_ingest.mapping.functions import Function, item, passing_nothing, text
from xapi_ingest.mapping.problems import ValueProblemError

MAX_RECORDS: Final = 10_000
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"'|\])}]+", re.IGNORECASE)
_WEB: Final = re.compile(r"https?://[^/?#\s]+", re.IGNORECASE)
_SAFE: Final = ":/?#[]@!$&'()*+,;=%~-._"


def parsed(value: Any) -> Any:
    """The record or list that a text holds as JSON; what is one already stays as it is."""
    if isinstance(value, dict | list):
        return value
    try:
        return orjson.loads(text(value))
    except orjson.JSONDecodeError as error:
        raise ValueProblemError(
            "json", "the text is no JSON", "It may have been cut off: look at the row's source."
        ) from error


def entries(value: Any) -> list[dict[str, Any]]:
    """The ``key`` and ``value`` of every entry of a record."""
    if not isinstance(value, dict):
        raise ValueProblemError("item", "is no record with entries", "Use a list as it is.")
    return [{"key": key, "value": entry} for key, entry in value.items()]


def find(values: Any, key: str, wanted: Any) -> Any:
    """The first record of a list whose ``key`` is ``wanted``; nothing if there is none."""
    for record in _listed(values):
        if isinstance(record, dict) and record.get(key) == wanted:
            return record
    return None


def within(value: Any, key: str) -> list[Any]:
    """A record and all records below it, where ``key`` holds the list of those right below."""
    found: list[Any] = []
    waiting = [value]
    while waiting and len(found) < MAX_RECORDS:
        record = waiting.pop(0)
        if isinstance(record, dict):
            found.append(record)
            waiting[:0] = _listed(record.get(key) or [])
    return found


def part(value: Any, path: str) -> Any:
    """What stands at a dotted path of records; nothing where one of them is none."""
    for step in path.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    return value


def pairs(values: Any, path: str) -> list[dict[str, Any]]:
    """Each record of a list (``outer``) with each item of the list at its ``path`` (``inner``)."""
    found = []
    for record in _listed(values):
        found += [{"outer": record, "inner": one} for one in _listed(part(record, path) or [])]
    return found[:MAX_RECORDS]


def id_of(value: Any) -> Any:
    """The ``id`` of a record; a text is the id itself, as JSON-LD writes references."""
    return item(value, "id") if isinstance(value, dict) else value


def linked(values: Any, beginning: str = "http") -> list[dict[str, Any]]:
    """Each text of a list (``outer``) with each web address in it that so begins (``inner``)."""
    found = []
    for value in _listed(values):
        addresses = (one.rstrip(".,;:!?") for one in _ADDRESS.findall(text(value)))
        inner = dict.fromkeys(one for one in addresses if one.startswith(beginning))
        found += [{"outer": value, "inner": one} for one in inner]
    return found[:MAX_RECORDS]


def web(value: Any) -> str | None:
    """An absolute web address, made safe; nothing if the text is none."""
    written = text(value).strip()
    return quote(written, safe=_SAFE) if _WEB.match(written) else None


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


RECORDS: Final[dict[str, Function]] = {
    "json": passing_nothing(parsed),
    "entries": passing_nothing(entries),
    "find": passing_nothing(find),
    "within": passing_nothing(within),
    "part": passing_nothing(part),
    "pairs": passing_nothing(pairs),
    "id_of": passing_nothing(id_of),
    "linked": passing_nothing(linked),
    "web": passing_nothing(web),
    "unquote": passing_nothing(lambda value: unquote(text(value))),
    "as_list": passing_nothing(_listed),
    "as_json": passing_nothing(
        lambda value: value if isinstance(value, str) else orjson.dumps(value).decode()
    ),
}
