"""Rules about which properties there are, what they are called and what type they have."""

from collections.abc import Iterator, Mapping
from typing import Any

from xapi_ingest.statement.rules.expected import STATEMENT, Expected, visited
from xapi_ingest.statement.rules.places import Parts
from xapi_ingest.statement.rules.rule import Finding, rule


@rule("Data 2.2", remedy="Send the type that the specification gives; leave out what has no value.")
def property_has_its_type(parts: Parts) -> Iterator[Finding]:
    """Each property has the type that the specification gives; null stands only in extensions."""
    for steps, value, expected in visited(parts.statement, STATEMENT):
        if not expected.fits(value):
            yield steps, f"{_name_of(value)} stands where {expected.wanted} is required"


@rule("Data 2.2", remedy="Write the name exactly as the specification does.")
def name_is_written_as_specified(parts: Parts) -> Iterator[Finding]:
    """A property's name has the case that the specification gives it."""
    for steps, value, expected in visited(parts.statement, STATEMENT):
        if isinstance(value, dict):
            for name in sorted(value.keys() - expected.fields.keys()):
                written = expected.written.get(name.lower())
                if written:
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
    return _known(statement, STATEMENT)


def miswritten_names(value: Mapping[str, Any], known: frozenset[str]) -> set[str]:
    """The keys of ``value`` that are a known name but for their case."""
    lowered = {name.lower() for name in known}
    return {key for key in value if key not in known and key.lower() in lowered}


def _absent(parts: Parts, name: str) -> Iterator[Finding]:
    for steps, clause in parts.clauses:
        if name not in clause:
            yield (*steps, name), f"there is no {name}"


def _known(value: Any, expected: Expected | None) -> Any:
    if expected is None:
        return value
    if isinstance(value, dict) and expected.is_structure:
        return {
            name: _known(item, expected.fields[name])
            for name, item in value.items()
            if name in expected.fields
        }
    if isinstance(value, list):
        return [_known(item, expected.items) for item in value]
    return value


def _name_of(value: Any) -> str:
    if value is None:
        return "null"
    names = {bool: "true or false", str: "a string", list: "an array", dict: "an object"}
    return names.get(type(value), "a number")
