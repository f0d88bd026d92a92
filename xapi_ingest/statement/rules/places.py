"""Where in a decoded statement the things stand that rules look at.

A place is a JSON pointer's steps and the value there. What has the wrong type is left to
``property_has_its_type`` and does not come up here.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Final

Steps = tuple[str | int, ...]
Place = tuple[Steps, Mapping[str, Any]]

COMPONENT_LISTS: Final = ("choices", "scale", "source", "target", "steps")
_NOT_ACTIVITIES: Final = frozenset({"Agent", "Group", "StatementRef", "SubStatement"})
_CONTEXT_KINDS: Final = (("contextAgents", "agent"), ("contextGroups", "group"))


def object_type(value: Mapping[str, Any]) -> str:
    """The kind of a statement's object; whatever has no kind of its own is an Activity.

    Emitters invent kinds (``GroupActivity``); with an id they are usable as activities.
    """
    kind = value.get("objectType")
    return kind if isinstance(kind, str) and kind in _NOT_ACTIVITIES else "Activity"


class Parts:
    """A decoded statement and the places in it.

    Attributes:
        statement: The statement, a JSON object of whatever content.
        is_second: Judged by version 2.0 rather than by 1.0.3.
    """

    def __init__(self, statement: Mapping[str, Any], *, is_second: bool = False) -> None:
        self.statement = statement
        self.is_second = is_second

    @cached_property
    def clauses(self) -> list[Place]:
        """The statement and, where it has one, its SubStatement."""
        target = self.statement.get("object")
        if isinstance(target, dict) and object_type(target) == "SubStatement":
            return [((), self.statement), (("object",), target)]
        return [((), self.statement)]

    @cached_property
    def contexts(self) -> list[Place]:
        """Every context."""
        return list(_children(self.clauses, "context"))

    @cached_property
    def results(self) -> list[Place]:
        """Every result."""
        return list(_children(self.clauses, "result"))

    @cached_property
    def objects(self) -> list[Place]:
        """What the statement is about and, in a SubStatement, what that is about."""
        return list(_children(self.clauses, "object"))

    @cached_property
    def actors(self) -> list[Place]:
        """Every actor by itself: actor, object, authority, instructor, team."""
        return [
            *_children(self.clauses, "actor"),
            *(place for place in self.objects if object_type(place[1]) in {"Agent", "Group"}),
            *_children([((), self.statement)], "authority"),
            *_children(self.contexts, "instructor"),
            *_children(self.contexts, "team"),
        ]

    @cached_property
    def members(self) -> list[Place]:
        """Every member of a group."""
        return list(_items([*self.actors, *self.related_actors], "member"))

    @cached_property
    def relations(self) -> list[tuple[Steps, Mapping[str, Any], str]]:
        """The items of contextAgents and contextGroups, and what they hold (2.0)."""
        return [
            (steps, item, held)
            for name, held in _CONTEXT_KINDS
            for steps, item in _items(self.contexts, name)
        ]

    @cached_property
    def related_actors(self) -> list[Place]:
        """The agents and groups of contextAgents and contextGroups (2.0)."""
        return [
            place
            for steps, item, held in self.relations
            for place in _children([(steps, item)], held)
        ]

    @cached_property
    def activities(self) -> list[Place]:
        """Every activity that something was done to."""
        return [place for place in self.objects if object_type(place[1]) == "Activity"]

    @cached_property
    def context_activities(self) -> list[Place]:
        """Every activity in a context, under any key."""
        groups = list(_children(self.contexts, "contextActivities"))
        places: list[Place] = []
        for place in groups:
            for name, value in place[1].items():
                if isinstance(value, dict):
                    places.append(((*place[0], name), value))
                else:
                    places.extend(_items([place], name))
        return places

    @cached_property
    def definitions(self) -> list[Place]:
        """The definition of every activity."""
        return list(_children([*self.activities, *self.context_activities], "definition"))

    @cached_property
    def statement_refs(self) -> list[Place]:
        """Every pointer to another statement."""
        return [
            *(place for place in self.objects if object_type(place[1]) == "StatementRef"),
            *_children(self.contexts, "statement"),
        ]

    @cached_property
    def attachments(self) -> list[Place]:
        """Every header of an attachment."""
        return list(_items(self.clauses, "attachments"))

    @cached_property
    def components(self) -> list[Place]:
        """Every component of an interaction."""
        return [place for name in COMPONENT_LISTS for place in _items(self.definitions, name)]

    @cached_property
    def language_maps(self) -> list[Place]:
        """Every map from languages to texts."""
        return [
            *_children(_children(self.clauses, "verb"), "display"),
            *_children(self.definitions, "name"),
            *_children(self.definitions, "description"),
            *_children(self.components, "description"),
            *_children(self.attachments, "display"),
            *_children(self.attachments, "description"),
        ]

    @cached_property
    def extensions(self) -> list[Place]:
        """Every map of extensions."""
        return list(_children([*self.definitions, *self.results, *self.contexts], "extensions"))


def texts(places: list[Place], name: str) -> Iterator[tuple[Steps, str]]:
    """The texts under ``name`` at ``places``."""
    for steps, value in places:
        text = value.get(name)
        if isinstance(text, str):
            yield (*steps, name), text


def children(places: list[Place], name: str) -> list[Place]:
    """The objects under ``name`` at ``places``."""
    return list(_children(places, name))


def _children(places: Iterator[Place] | list[Place], name: str) -> Iterator[Place]:
    for steps, value in places:
        item = value.get(name)
        if isinstance(item, dict):
            yield (*steps, name), item


def _items(places: list[Place], name: str) -> Iterator[Place]:
    for steps, value in places:
        items = value.get(name)
        if isinstance(items, list):
            for index, item in enumerate(items):
                if isinstance(item, dict):
                    yield (*steps, name, index), item
