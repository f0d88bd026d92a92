"""The canonical form of a statement, and what it gives: the fingerprint and derived ids.

Two statements have one fingerprint exactly if their JSON values are equal once ``id``, ``stored``,
``authority`` and ``version`` are left out, which a receiving LRS may set or change (xAPI Data
2.3.1). Order of keys, white space, escapes and the writing of a number make no difference.
"""

import hashlib
import uuid
from typing import Any, Final

import orjson

_LEFT_OUT: Final = ("id", "stored", "authority", "version")
_SORTED: Final = orjson.OPT_SORT_KEYS
# What orjson writes for a float that is a whole number; such a value also has an integer writing.
_WHOLE_FLOATS: Final = (b".0,", b".0}", b".0]", b"e+")
_EXACT: Final = 2**63
# Ids derived by Tilth: version 5 in the name space of this address.
_NAME_SPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, "https://w3id.org/tilth/statements")


def fingerprint_and_quotes(statement: dict[str, Any]) -> tuple[str, int]:
    """The fingerprint, and how many ``"`` a compact writing of the whole statement has.

    The count lets the caller prove without a second parse that no key came twice.
    """
    kept = dict(statement)
    left_out = {key: kept.pop(key) for key in _LEFT_OUT if key in kept}
    text = orjson.dumps(kept, option=_SORTED)
    quotes = text.count(b'"') + orjson.dumps(left_out).count(b'"')
    for mark in _WHOLE_FLOATS:
        if mark in text:
            text = orjson.dumps(_with_whole_numbers(kept), option=_SORTED)
            break
    return hashlib.blake2b(text, digest_size=16).hexdigest(), quotes


def derived_id(source_name: str, fingerprint: str) -> str:
    """The id of a statement that came without one: the same whenever it is sent again."""
    return str(uuid.uuid5(_NAME_SPACE, f"{source_name}\n{fingerprint}"))


def _with_whole_numbers(value: Any) -> Any:
    """``value`` with integers for floats that are whole; ``value`` itself where there are none."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    changed = None
    for key, item in items:
        kind = type(item)
        if kind is float:
            new = int(item) if item.is_integer() and abs(item) < _EXACT else item
        elif kind is dict or kind is list:
            new = _with_whole_numbers(item)
        else:
            continue
        if new is not item:
            if changed is None:
                changed = value.copy()
            changed[key] = new
    return value if changed is None else changed
