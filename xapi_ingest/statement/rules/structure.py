"""Rules about which properties there are, what they are called and what type they have."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

from xapi_ingest.statement.model import Statement
from xapi_ingest.statement.rules.places import Parts, Steps
from xapi_ingest.statement.rules.rule import Finding, rule

_MODEL: Final = msgspec.inspect.type_info(Statement)
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


@rule("Data 2.2", remedy="Send the type that the specification gives; leave out what has no value.")
def property_has_its_type(parts: Parts) -> Iterator[Finding]:
    """Each property has the type that the specification gives; null stands only in extensions."""
    for steps, value, choices in _walk(parts.statement, _MODEL, ()):
        if not any(_fits(value, kind) for kind in choices):
            wanted = " or ".join(dict.fromkeys(_NAMES[type(kind)] for kind in choices))
            yield steps, f"{_name_of(value)} stands where {wanted} is required"


@rule("Data 2.2", remedy="Write the name exactly as the specification does.")
def name_is_written_as_specified(parts: Parts) -> Iterator[Finding]:
    """A property's name has the case that the specification gives it."""
    for steps, value, choices in _walk(parts.statement, _MODEL, ()):
        for name, written in _miswritten(value, _first_fitting(value, choices)):
            yield (*steps, name), f"this name is written {written}"


@rule("Data 2.4", remedy="Send who acted, with one identifier.")
def actor_is_present(parts: Parts) -> Iterator[Finding]:
    """A statement and a SubStatement say who acted."""
    return _absent(parts, "actor")


@rule("Data 2.4", remedy="Send the verb with its id.")
def verb_is_present(parts: Parts) -> Iterator[Finding]:
    """A statement and a SubStatement say what was done."""
    return _absent(parts, "verb")


@rule("Data 2.4", remedy="Send the object with its id.")
def object_is_present(parts: Parts) -> Iterator[Finding]:
    """A statement and a SubStatement have an object."""
    return _absent(parts, "object")


def with_known_properties_only(statement: Mapping[str, Any]) -> Any:
    """``statement`` without what the model does not know; its types must be right."""
    return _known(statement, _MODEL)


def miswritten_names(value: Mapping[str, Any], known: frozenset[str]) -> set[str]:
    """The keys of ``value`` that are a known name but for their case."""
    lowered = {name.lower() for name in known}
    return {key for key in value if key not in known and key.lower() in lowered}


def _absent(parts: Parts, name: str) -> Iterator[Finding]:
    for steps, clause in parts.clauses:
        if name not in clause:
            yield (*steps, name), f"there is no {name}"


def _walk(value: Any, expected: Any, steps: Steps) -> Iterator[tuple[Steps, Any, list[Any]]]:
    """Each value that has a type, with the types it may have."""
    choices = _choices(expected)
    if not choices:
        return
    yield steps, value, choices
    kind = _first_fitting(value, choices)
    for name, item, inner in _inside(value, kind) if kind else ():
        yield from _walk(item, inner, (*steps, name))


def _choices(expected: Any) -> list[Any]:
    return [
        kind
        for kind in (expected.types if hasattr(expected, "types") else (expected,))
        if isinstance(kind, tuple(_NAMES))
    ]


def _first_fitting(value: Any, choices: list[Any]) -> Any:
    return next((kind for kind in choices if _fits(value, kind)), None)


def _fits(value: Any, kind: Any) -> bool:
    if isinstance(kind, msgspec.inspect.ListType):
        return isinstance(value, list)
    plain = _PLAIN.get(type(kind))
    if plain is None:
        return isinstance(value, dict)
    return isinstance(value, plain) and (plain is bool or not isinstance(value, bool))


def _inside(value: Any, kind: Any) -> Iterator[tuple[str | int, Any, Any]]:
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


def _miswritten(value: Any, kind: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(kind, msgspec.inspect.StructType):
        return
    known = {field.encode_name.lower(): field.encode_name for field in kind.fields}
    for name in value:
        written = known.get(name.lower(), name)
        if written != name:
            yield name, written


def _known(value: Any, expected: Any) -> Any:
    kind = _first_fitting(value, _choices(expected))
    if isinstance(kind, msgspec.inspect.StructType | msgspec.inspect.DictType):
        return {name: _known(item, inner) for name, item, inner in _inside(value, kind)}
    if isinstance(kind, msgspec.inspect.ListType):
        return [_known(item, inner) for _, item, inner in _inside(value, kind)]
    return value


def _name_of(value: Any) -> str:
    if value is None:
        return "null"
    names = {bool: "true or false", str: "a string", list: "an array", dict: "an object"}
    return names.get(type(value), "a number")
