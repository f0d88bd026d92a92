"""Rules about names and types of properties, whatever part they belong to."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

from xapi_ingest.statement.model import Statement
from xapi_ingest.statement.problems import Problem, pointer_to

_NAMES: Final[dict[type, str]] = {
    msgspec.inspect.StrType: "a string",
    msgspec.inspect.FloatType: "a number",
    msgspec.inspect.BoolType: "true or false",
    msgspec.inspect.ListType: "an array",
    msgspec.inspect.DictType: "an object",
    msgspec.inspect.StructType: "an object",
}
_PLAIN: Final[dict[type, type | tuple[type, ...]]] = {
    msgspec.inspect.StrType: str,
    msgspec.inspect.FloatType: (int, float),
    msgspec.inspect.BoolType: bool,
}


def property_has_its_type(statement: Mapping[str, Any]) -> Iterator[Problem]:
    """What the landing keeps has the type that the specification gives, never null (Data 2.2)."""
    yield from _mismatches(statement, msgspec.inspect.type_info(Statement), ())


def _mismatches(value: Any, expected: Any, steps: tuple[str | int, ...]) -> Iterator[Problem]:
    choices = [
        kind
        for kind in (expected.types if hasattr(expected, "types") else (expected,))
        if isinstance(kind, (*_NAMES, msgspec.inspect.RawType))
    ]
    fitting = [kind for kind in choices if _fits(value, kind)]
    if not fitting:
        wanted = " or ".join(dict.fromkeys(_NAMES[type(kind)] for kind in choices))
        yield Problem(
            pointer_to(*steps),
            "property_has_its_type",
            "Data 2.2",
            f"{_name_of(value)} stands where {wanted} is required",
            "Send the type that the specification gives; leave out what has no value.",
        )
        return
    for name, item, kind in _parts(value, fitting[0]):
        yield from _mismatches(item, kind, (*steps, name))


def _fits(value: Any, kind: Any) -> bool:
    if isinstance(kind, msgspec.inspect.RawType):
        return True
    if isinstance(kind, msgspec.inspect.ListType):
        return isinstance(value, list)
    plain = _PLAIN.get(type(kind))
    if plain is None:
        return isinstance(value, dict)
    return isinstance(value, plain) and (plain is bool or not isinstance(value, bool))


def _parts(value: Any, kind: Any) -> Iterator[tuple[str | int, Any, Any]]:
    if isinstance(kind, msgspec.inspect.StructType):
        for field in kind.fields:
            if field.encode_name in value:
                yield field.encode_name, value[field.encode_name], field.type
    elif isinstance(kind, msgspec.inspect.DictType):
        for name, item in value.items():
            yield name, item, kind.value_type
    elif isinstance(kind, msgspec.inspect.ListType):
        for index, item in enumerate(value):
            yield index, item, kind.item_type


def _name_of(value: Any) -> str:
    if value is None:
        return "null"
    names = {bool: "true or false", str: "a string", list: "an array", dict: "an object"}
    return names.get(type(value), "a number")
