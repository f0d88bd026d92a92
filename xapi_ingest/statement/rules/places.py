"""Where in a decoded statement the things stand that rules look at.

A place is a JSON pointer's steps and the value there. What has the wrong type is left to
``property_has_its_type`` and does not come up here.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

Steps = tuple[str | int, ...]
_NOT_ACTIVITIES: Final = frozenset({"Agent", "Group", "StatementRef", "SubStatement"})


def object_type(value: Mapping[str, Any]) -> str:
    """The kind of a statement's object; whatever has no kind of its own is an Activity.

    Emitters invent kinds (``GroupActivity``); with an id they are usable as activities.
    """
    kind = value.get("objectType")
    return kind if kind in _NOT_ACTIVITIES else "Activity"


def clauses(statement: Mapping[str, Any]) -> Iterator[tuple[Steps, Mapping[str, Any]]]:
    """The statement and, where it has one, its SubStatement."""
    yield (), statement
    target = statement.get("object")
    if isinstance(target, dict) and object_type(target) == "SubStatement":
        yield ("object",), target


def actors(statement: Mapping[str, Any]) -> Iterator[tuple[Steps, Mapping[str, Any]]]:
    """Every actor that the landing keeps: actor, authority, instructor, team, object."""
    for steps, clause in clauses(statement):
        yield from _objects(steps, clause, "actor")
        for place, target in _objects(steps, clause, "object"):
            if object_type(target) in {"Agent", "Group"}:
                yield place, target
    yield from _objects((), statement, "authority")
    for place, context in _objects((), statement, "context"):
        yield from _objects(place, context, "instructor")
        yield from _objects(place, context, "team")


def activities(statement: Mapping[str, Any]) -> Iterator[tuple[Steps, Mapping[str, Any]]]:
    """Every activity that something was done to: the object, a SubStatement's object."""
    for steps, clause in clauses(statement):
        for place, target in _objects(steps, clause, "object"):
            if object_type(target) == "Activity":
                yield place, target


def statement_refs(statement: Mapping[str, Any]) -> Iterator[tuple[Steps, Mapping[str, Any]]]:
    """Every pointer to another statement."""
    for steps, clause in clauses(statement):
        for place, target in _objects(steps, clause, "object"):
            if object_type(target) == "StatementRef":
                yield place, target
    for place, context in _objects((), statement, "context"):
        yield from _objects(place, context, "statement")


def _objects(
    steps: Steps, value: Mapping[str, Any], name: str
) -> Iterator[tuple[Steps, Mapping[str, Any]]]:
    item = value.get(name)
    if isinstance(item, dict):
        yield (*steps, name), item
