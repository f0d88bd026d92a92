"""The canonical form of a statement, and what it gives: the fingerprint and derived ids.

Two statements have one fingerprint exactly if their JSON values are equal once ``id``, ``stored``,
``authority`` and ``version`` are left out, which a receiving LRS may set or change (xAPI Data
2.3.1). Order of keys, white space, escapes and the writing of a number make no difference.

The canonical text of an object is made of the canonical texts of its values, so that of a statement
can be put together from those of its parts.
"""

import hashlib
import uuid
from math import isfinite
from typing import Any, Final

import msgspec
import orjson

LEFT_OUT: Final = ("id", "stored", "authority", "version")
_SORTED: Final = orjson.OPT_SORT_KEYS
_EXACT: Final = 2**63
# Ids derived by Tilth: version 5 in the name space of this address.
_NAME_SPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, "https://w3id.org/tilth/statements")


def value_and_text(raw: bytes) -> tuple[Any, bytes]:
    """The value of ``raw``, and its canonical text.

    A number that is whole is an integer however it is written, and one beyond 64 bits a double,
    which it is to whoever reads it.

    Raises:
        ValueError, TypeError: Not JSON text, or a number beyond the largest double.
    """
    value = _DECODER.decode(raw)
    try:
        return value, orjson.dumps(value, option=_SORTED)
    except TypeError:
        value = _with_doubles(value)
        return value, orjson.dumps(value, option=_SORTED)


def fingerprint_of(text: bytes) -> str:
    """The fingerprint of the canonical ``text``, which is without what is left out."""
    return hashlib.blake2b(text, digest_size=16).hexdigest()


def fingerprint_of_whole(raw: bytes) -> str:
    """The fingerprint of the statement in ``raw``, an object, whatever properties it has."""
    value, _ = value_and_text(raw)
    kept = {key: item for key, item in value.items() if key not in LEFT_OUT}
    return fingerprint_of(orjson.dumps(kept, option=_SORTED))


def derived_id(source_name: str, fingerprint: str) -> str:
    """The id of a statement that came without one: the same whenever it is sent again."""
    return str(uuid.uuid5(_NAME_SPACE, f"{source_name}\n{fingerprint}"))


def _with_doubles(value: Any) -> Any:
    """``value`` with integers beyond 64 bits as doubles.

    Raises:
        ValueError: A number beyond the largest double.
    """
    if isinstance(value, dict):
        return {key: _with_doubles(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_doubles(item) for item in value]
    if isinstance(value, int) and not -_EXACT <= value < 2 * _EXACT:
        return _number(str(value))
    return value


def _number(text: str) -> int | float:
    value = float(text)
    if not isfinite(value):
        raise ValueError("a number beyond the largest double")
    return int(value) if value.is_integer() and abs(value) < _EXACT else value


_DECODER: Final = msgspec.json.Decoder(float_hook=_number)
