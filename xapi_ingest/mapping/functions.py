"""The functions of expressions. Each is pure, bounded in time and size, and passes nothing on.

Nothing in, nothing out: a function of an empty cell gives nothing, and a property that comes out as
nothing is left out of the statement. Functions that need the mapping's settings are in
``Functions``; the rest are plain.
"""

import re
import uuid
from collections.abc import Callable
from functools import wraps
from hashlib import sha1
from typing import Any, Final
from urllib.parse import quote

from xapi_ingest.mapping.lengths import seconds_in
from xapi_ingest.mapping.problems import ValueProblemError, shown

MAX_TEXT: Final = 1_000_000
MAX_NUMBER: Final = 1e15
NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, "https://w3id.org/tilth/mapping")
_NAMESPACE: Final = NAMESPACE.bytes
_MARKED: Final = 0xF << 76 | 0x3 << 62  # where a UUID says its version and variant
_MARKS: Final = 0x5 << 76 | 0x2 << 62
_ADDRESS: Final = re.compile(r"[^@\s<>,;:\"]+@[^@\s<>,;:\"]+")
_TRUE: Final = frozenset({"true", "yes", "y", "1", "t", "on", "x"})
_FALSE: Final = frozenset({"false", "no", "n", "0", "f", "off", "-"})

Function = Callable[..., Any]


def passing_nothing(function: Function) -> Function:
    """Let ``function`` give None where its first argument is None."""

    @wraps(function)
    def wrapped(first: Any, *rest: Any, **named: Any) -> Any:
        return None if first is None else function(first, *rest, **named)

    return wrapped


def text(value: Any) -> str:
    """``value`` as text; a whole number without a point."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list | tuple | dict):
        raise ValueProblemError("text", "a list or record is no text", "Take one item of it.")
    return str(value)


def _bounded(value: str) -> str:
    if len(value) > MAX_TEXT:
        raise ValueProblemError(
            "text", f"a text longer than {MAX_TEXT:,} characters", "Shorten it with left()."
        )
    return value


def concat(*parts: Any) -> str | None:
    """All parts in a row; nothing if any part is nothing."""
    return None if None in parts else _bounded("".join(map(text, parts)))


def replace(value: Any, old: str, new: str) -> str:
    """``value`` with every ``old`` as ``new``."""
    whole = text(value)
    if len(whole) + whole.count(old) * len(new) > MAX_TEXT:
        _bounded(" " * (MAX_TEXT + 1))
    return whole.replace(old, new)


def split(value: Any, separator: str = ",") -> list[str]:
    """The parts between separators, trimmed, empty ones left out."""
    return [part.strip() for part in text(value).split(separator) if part.strip()]


def join(values: list[Any], separator: str = ", ") -> str | None:
    """The values in a row, those that are nothing left out; nothing if none is left."""
    return _bounded(separator.join(text(value) for value in values if value is not None)) or None


def before(value: Any, mark: str) -> str | None:
    """What stands before the first ``mark``; nothing without one."""
    head, found, _ = text(value).partition(mark)
    return head.strip() or None if found else None


def after(value: Any, mark: str) -> str | None:
    """What stands after the first ``mark``; nothing without one."""
    _, found, tail = text(value).partition(mark)
    return tail.strip() or None if found else None


def before_last(value: Any, mark: str) -> str | None:
    """What stands before the last ``mark``; nothing without one."""
    head, found, _ = text(value).rpartition(mark)
    return head.strip() or None if found else None


def item(value: Any, key: Any) -> Any:
    """One item of a record or list; nothing if it has none."""
    if isinstance(value, dict):
        return value.get(key)
    if isinstance(value, list) and isinstance(key, int):
        return value[key] if -len(value) <= key < len(value) else None
    raise ValueProblemError("item", f"has no item {key!r}", "Only records and lists have items.")


def boolean(value: Any) -> bool:
    """Yes or no, in the words that exports use."""
    word = text(value).strip().lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise ValueProblemError("boolean", f"{shown(value)} is neither yes nor no", "Use a look-up.")


def seconds(value: Any) -> float:
    """A length of time: ``1h 2m 3s``, ``01:02:03`` or ISO 8601; a bare number is seconds."""
    found = seconds_in(text(value).strip())
    if found is None:
        message = f"{shown(value)} is no length of time"
        raise ValueProblemError("length", message, "Write it like 1h 2m 3s or 01:02:03.")
    return found


def duration(value: Any, unit: str = "seconds") -> str:
    """A number of seconds, minutes or hours as ISO 8601, such as ``PT90S``."""
    amount = _number(value) * {"seconds": 1, "minutes": 60, "hours": 3600}[unit]
    if amount < 0:
        raise ValueProblemError("length", "a length of time below nothing", "Check the order.")
    return f"PT{text(round(float(amount), 2))}S"


def mailto(value: Any) -> str:
    """An address as ``mailto:`` IRI, in lower case."""
    address = text(value).strip().lower().removeprefix("mailto:")
    if not _ADDRESS.fullmatch(address):
        raise ValueProblemError("address", f"{shown(value)} is no e-mail address", "See the row.")
    return f"mailto:{address}"


def person(value: Any, home_page: str) -> dict[str, Any]:
    """The agent behind an e-mail address, or else behind an account name at ``home_page``."""
    written = text(value)
    if "@" in written:
        return {"mbox": mailto(written)}
    return {"account": {"homePage": home_page, "name": written}}


def iri(base: str, *parts: Any) -> str | None:
    """``base`` and ``parts`` as steps of a path, made safe; nothing if a part is nothing."""
    if None in parts:
        return None
    steps = (quote(text(part), safe="") for part in parts)
    return _bounded("/".join([text(base).rstrip("/"), *steps]))


def uuid_of(*parts: Any) -> str | None:
    """The same UUID (version 5) for the same parts, for ever; nothing if a part is nothing."""
    if None in parts:
        return None
    name = _NAMESPACE + "\x1f".join(map(text, parts)).encode()
    digest = int.from_bytes(sha1(name, usedforsecurity=False).digest()[:16], "big")
    digest = digest & ~_MARKED | _MARKS
    written = f"{digest:032x}"
    return "-".join((written[:8], written[8:12], written[12:16], written[16:20], written[20:]))


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueProblemError("number", f"{shown(value)} is no number", "Write number(…) around.")
    return bounded(value)


def bounded(value: float) -> float:
    """``value``, which no sum of a row's numbers can take beyond all bounds."""
    if not -MAX_NUMBER < value < MAX_NUMBER:
        raise ValueProblemError("number", "a number out of all bounds", "Check the column.")
    return value


def _operator(apply: Callable[[float, float], float]) -> Function:
    def operator(left: Any, right: Any) -> float | None:
        if left is None or right is None:
            return None
        return _number(apply(_number(left), _number(right)))

    return operator


def _divided(left: float, right: float) -> float:
    if right == 0:
        raise ValueProblemError("number", "a division by nothing", "Test for 0 before.")
    return left / right


PLAIN: Final[dict[str, Function]] = {
    "text": passing_nothing(text),
    "lower": passing_nothing(lambda value: text(value).lower()),
    "upper": passing_nothing(lambda value: text(value).upper()),
    "trim": passing_nothing(lambda value: text(value).strip() or None),
    "left": passing_nothing(lambda value, count: text(value)[: max(int(_number(count)), 0)]),
    "starts_with": passing_nothing(lambda value, part: text(value).startswith(part)),
    "ends_with": passing_nothing(lambda value, part: text(value).endswith(part)),
    "replace": passing_nothing(replace),
    "split": passing_nothing(split),
    "join": passing_nothing(join),
    "before": passing_nothing(before),
    "before_last": passing_nothing(before_last),
    "after": passing_nothing(after),
    "first": passing_nothing(lambda values: item(values, 0)),
    "last": passing_nothing(lambda values: item(values, -1)),
    "length": passing_nothing(len),
    "default": lambda value, other: other if value is None else value,
    "round": passing_nothing(lambda value, digits=0: round(_number(value), digits)),
    "boolean": passing_nothing(boolean),
    "seconds": passing_nothing(seconds),
    "duration": passing_nothing(duration),
    "mailto": passing_nothing(mailto),
    "person": passing_nothing(person),
    "iri": passing_nothing(iri),
    "uuid": uuid_of,
    "_is_none": lambda value: value is None,
    "_concat": concat,
    "_item": passing_nothing(item),
    "_add": _operator(lambda left, right: left + right),
    "_subtract": _operator(lambda left, right: left - right),
    "_multiply": _operator(lambda left, right: left * right),
    "_divide": _operator(_divided),
}
