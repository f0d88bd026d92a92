"""Rules about questions: interaction types, their components, their correct responses."""

from collections.abc import Iterator
from typing import Any, Final

from xapi_ingest.statement.response import INTERACTION_TYPES, departure_from_format
from xapi_ingest.statement.rules.places import COMPONENT_LISTS, Parts
from xapi_ingest.statement.rules.rule import Finding, rule

_PATTERN: Final = "correctResponsesPattern"
_LISTS: Final[dict[str, frozenset[str]]] = {
    "choice": frozenset({"choices"}),
    "sequencing": frozenset({"choices"}),
    "likert": frozenset({"scale"}),
    "matching": frozenset({"source", "target"}),
    "performance": frozenset({"steps"}),
}


@rule("Data 2.4.4.1", remedy="Send one of the ten interaction types, or other.")
def interaction_has_a_known_type(parts: Parts) -> Iterator[Finding]:
    """A definition with properties of an interaction has one of the ten interaction types."""
    for steps, definition in parts.definitions:
        kind = definition.get("interactionType")
        if isinstance(kind, str) and kind not in INTERACTION_TYPES:
            yield (*steps, "interactionType"), "there is no such interaction type"
        elif "interactionType" not in definition:
            found = [name for name in (_PATTERN, *COMPONENT_LISTS) if name in definition]
            if found:
                yield (*steps, "interactionType"), f"{found[0]} without an interaction type"


@rule("Data 2.4.4.1", remedy="Send the lists of components that the interaction type has.")
def components_belong_to_their_interaction(parts: Parts) -> Iterator[Finding]:
    """An interaction has no lists of components but those of its type."""
    for steps, definition in parts.definitions:
        kind = definition.get("interactionType")
        if isinstance(kind, str) and kind in INTERACTION_TYPES:
            for name in COMPONENT_LISTS:
                if name in definition and name not in _LISTS.get(kind, ()):
                    yield (*steps, name), f"an interaction of type {kind} has no {name}"


@rule("Data 2.4.4.1", remedy="Give each component of a list an id of its own.")
def component_ids_are_distinct(parts: Parts) -> Iterator[Finding]:
    """The components of a list have distinct ids."""
    seen: set[tuple[Any, ...]] = set()
    for steps, component in parts.components:
        identifier = component.get("id")
        if isinstance(identifier, str):
            key = (*steps[:-1], identifier)
            if key in seen:
                yield (*steps, "id"), "another component of the list has this id"
            seen.add(key)


@rule("Data 2.4.4.1", remedy="Give each component of a list an id of its own.")
def component_has_an_id(parts: Parts) -> Iterator[Finding]:
    """A component of an interaction has an id."""
    for steps, component in parts.components:
        if "id" not in component:
            yield (*steps, "id"), "there is no id"


@rule("Data 2.4.4.1", remedy="Write the pattern in the format of the interaction type.")
def correct_response_has_its_format(parts: Parts) -> Iterator[Finding]:
    """A correct response has the format of its interaction type."""
    for steps, definition in parts.definitions:
        kind, patterns = definition.get("interactionType"), definition.get(_PATTERN)
        if not isinstance(kind, str) or not isinstance(patterns, list):
            continue
        for index, pattern in enumerate(patterns):
            departure = isinstance(pattern, str) and departure_from_format(kind, pattern)
            if departure:
                yield (*steps, _PATTERN, index), departure
