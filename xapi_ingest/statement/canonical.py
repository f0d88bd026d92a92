"""The canonical form of a statement, and what it gives: the fingerprint and derived ids.

Two statements have one fingerprint exactly if their JSON values are equal once ``id``, ``stored``,
``authority`` and ``version`` are left out, which a receiving LRS may set or change (xAPI Data
2.3.1). Order of keys, white space, escapes and the writing of a number make no difference.
"""

import hashlib
import uuid
from math import isfinite
from typing import Any, Final

import msgspec
import orjson

_LEFT_OUT: Final = ("id", "stored", "authority", "version")
_SORTED: Final = orjson.OPT_SORT_KEYS
_EXACT: Final = 2**63
# Ids derived by Tilth: version 5 in the name space of this address.
_NAME_SPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, "https://w3id.org/tilth/statements")


def decoded(raw: bytes) -> Any:
    """The value of ``raw``; a number that is whole is an integer however it is written.

    Raises:
        ValueError: Not JSON, or a number beyond the largest double.
    """
    return _DECODER.decode(raw)


def fingerprint_and_quotes(statement: dict[str, Any]) -> tuple[str, int]:
    """The fingerprint, and how many ``"`` a compact writing of the whole statement has.

    The count lets the caller prove without a second parse that no key came twice.

    Args:
        statement: As ``decoded`` gives it.

    Raises:
        TypeError: An integer beyond 64 bits, which ``with_doubles`` mends; or no object.
    """
    kept = dict(statement)
    left_out = {key: kept.pop(key) for key in _LEFT_OUT if key in kept}
    text = orjson.dumps(kept, option=_SORTED)
    quotes = text.count(b'"')
    if left_out:
        quotes += orjson.dumps(left_out).count(b'"')
    return hashlib.blake2b(text, digest_size=16).hexdigest(), quotes


def derived_id(source_name: str, fingerprint: str) -> str:
    """The id of a statement that came without one: the same whenever it is sent again."""
    return str(uuid.uuid5(_NAME_SPACE, f"{source_name}\n{fingerprint}"))


def with_doubles(value: Any) -> Any:
    """``value`` with integers beyond 64 bits as doubles, which they are to whoever reads them.

    Raises:
        ValueError: A number beyond the largest double.
    """
    if isinstance(value, dict):
        return {key: with_doubles(item) for key, item in value.items()}
    if isinstance(value, list):
        return [with_doubles(item) for item in value]
    if isinstance(value, int) and not -_EXACT <= value < 2 * _EXACT:
        return _number(str(value))
    return value


def _number(text: str) -> int | float:
    value = float(text)
    if not isfinite(value):
        raise ValueError("a number beyond the largest double")
    return int(value) if value.is_integer() and abs(value) < _EXACT else value


_DECODER: Final = msgspec.json.Decoder(float_hook=_number)
