"""The types of the model in a form that a decoded statement is quickly walked by."""

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from xapi_ingest.statement.model import Statement
from xapi_ingest.statement.rules.places import Steps

_LEAVES: Final[dict[type, tuple[frozenset[type], str]]] = {
    msgspec.inspect.StrType: (frozenset({str}), "a string"),
    msgspec.inspect.FloatType: (frozenset({int, float}), "a number"),
    msgspec.inspect.BoolType: (frozenset({bool}), "true or false"),
}


class Expected:
    """What may stand at one place.

    Attributes:
        wanted: The types as words.
        leaves: Python types of strings, numbers and truth values that may stand here.
        is_structure: An object with properties of certain names may stand here.
        is_map: An object with any keys may stand here.
        is_array: An array may stand here.
        fields: What may stand under each name of the structure; None: anything.
        written: The names of the structure by their small letters.
        items: What may stand in the array or the map; None: anything.
    """

    def __init__(self) -> None:
        self.wanted = ""
        self.leaves: frozenset[type] = frozenset()
        self.is_structure = self.is_map = self.is_array = False
        self.fields: dict[str, Expected | None] = {}
        self.written: dict[str, str] = {}
        self.items: Expected | None = None

    def fits(self, value: Any) -> bool:
        """Whether ``value`` has a type that may stand here; what it holds is not looked at."""
        kind = type(value)
        if kind is dict:
            return self.is_structure or self.is_map
        return self.is_array if kind is list else kind in self.leaves


def visited(
    value: Any, expected: Expected, steps: Steps = ()
) -> Iterator[tuple[Steps, Any, Expected]]:
    """Each value that is not a leaf of the right type, and what may stand in its place."""
    yield steps, value, expected
    for name, item, inner in _inside(value, expected):
        if inner is not None and type(item) not in inner.leaves:
            yield from visited(item, inner, (*steps, name))


def _inside(value: Any, expected: Expected) -> Iterator[tuple[str | int, Any, Expected | None]]:
    if isinstance(value, dict) and expected.is_structure:
        fields = expected.fields
        for name, item in value.items():
            yield name, item, fields.get(name)
    elif isinstance(value, dict) and expected.is_map:
        for name, item in value.items():
            yield name, item, expected.items
    elif isinstance(value, list) and expected.is_array:
        for index, item in enumerate(value):
            yield index, item, expected.items


def _made(info: Any, made: dict[type, Expected]) -> Expected | None:
    kinds = info.types if isinstance(info, msgspec.inspect.UnionType) else (info,)
    structure = next((one for one in kinds if isinstance(one, msgspec.inspect.StructType)), None)
    is_alone = len(kinds) == 1
    if structure and is_alone and structure.cls in made:
        return made[structure.cls]
    expected = Expected()
    if structure and is_alone:
        made[structure.cls] = expected
    words = [word for kind in kinds if (word := _added(expected, kind, made))]
    expected.wanted = " or ".join(words)
    return expected if words else None


def _added(expected: Expected, kind: Any, made: dict[type, Expected]) -> str:
    """Let ``expected`` allow ``kind``, too; the words for it, empty where anything goes."""
    if type(kind) in _LEAVES:
        leaves, word = _LEAVES[type(kind)]
        expected.leaves |= leaves
        return word
    if isinstance(kind, msgspec.inspect.ListType):
        expected.is_array, expected.items = True, _made(kind.item_type, made)
        return "an array"
    if isinstance(kind, msgspec.inspect.DictType):
        expected.is_map, expected.items = True, _made(kind.value_type, made)
        return "an object"
    if isinstance(kind, msgspec.inspect.StructType):
        expected.is_structure = True
        for field in kind.fields:
            expected.fields[field.encode_name] = _made(field.type, made)
            expected.written[field.encode_name.lower()] = field.encode_name
        return "an object"
    return ""


STATEMENT: Final = _made(msgspec.inspect.type_info(Statement), {}) or Expected()
