"""The rule about additional properties, and which properties each kind of object has."""

from collections.abc import Iterator
from typing import Final

from xapi_ingest.statement.rules.places import Parts, Place, children, object_type
from xapi_ingest.statement.rules.rule import Finding, rule
from xapi_ingest.statement.rules.structure import miswritten_names

_CLAUSE: Final = frozenset(
    {"actor", "verb", "object", "result", "context", "timestamp", "attachments"}
)
# What only a statement of its own has; in a SubStatement another rule objects.
_OF_THE_RECORD: Final = frozenset({"id", "stored", "authority", "version"})
_AGENT: Final = frozenset({"objectType", "name", "mbox", "mbox_sha1sum", "openid", "account"})
_GROUP: Final = _AGENT | {"member"}
_ACTIVITY: Final = frozenset({"objectType", "id", "definition"})
_DEFINITION: Final = frozenset(
    {"name", "description", "type", "moreInfo", "extensions", "interactionType"}
    | {"correctResponsesPattern", "choices", "scale", "source", "target", "steps"}
)
_CONTEXT: Final = frozenset(
    {"registration", "instructor", "team", "contextActivities", "revision", "platform"}
    | {"language", "statement", "extensions"}
)
_SECOND_CONTEXT: Final = _CONTEXT | {"contextAgents", "contextGroups"}
_RESULT: Final = frozenset({"score", "success", "completion", "response", "duration", "extensions"})
_ATTACHMENT: Final = frozenset(
    {"usageType", "display", "description", "contentType", "length", "sha2", "fileUrl"}
)
_KINDS: Final = {
    "Activity": _ACTIVITY,
    "Agent": _AGENT,
    "Group": _GROUP,
    "StatementRef": frozenset({"objectType", "id"}),
    "SubStatement": _CLAUSE | _OF_THE_RECORD | {"objectType"},
}


@rule(
    "Data 2.2",
    remedy="Put what the specification has no property for into extensions.",
)
def property_is_known(parts: Parts) -> Iterator[Finding]:
    """Objects have no properties but those of the specification."""
    for (steps, value), known in _known_properties(parts):
        for name in sorted(value.keys() - known - miswritten_names(value, known)):
            yield (*steps, name), "the specification has no property of this name here"


def _known_properties(parts: Parts) -> Iterator[tuple[Place, frozenset[str]]]:
    yield ((), parts.statement), _CLAUSE | _OF_THE_RECORD
    for place in parts.objects:
        yield place, _KINDS[object_type(place[1])]
    actors = [*parts.actors, *parts.related_actors]
    kinds: list[tuple[list[Place], frozenset[str]]] = [
        ([one for one in actors if one[1].get("objectType") != "Group"], _AGENT),
        ([one for one in actors if one[1].get("objectType") == "Group"], _GROUP),
        # A Group among them has a rule of its own.
        (parts.members, _GROUP),
        (children([*actors, *parts.members], "account"), frozenset({"homePage", "name"})),
        (children(parts.clauses, "verb"), frozenset({"id", "display"})),
        (parts.context_activities, _ACTIVITY),
        (parts.definitions, _DEFINITION),
        (parts.components, frozenset({"id", "description"})),
        (parts.results, _RESULT),
        (children(parts.results, "score"), frozenset({"scaled", "raw", "min", "max"})),
        (parts.contexts, _SECOND_CONTEXT if parts.is_second else _CONTEXT),
        (
            children(parts.contexts, "contextActivities"),
            frozenset({"parent", "grouping", "category", "other"}),
        ),
        (children(parts.contexts, "statement"), _KINDS["StatementRef"]),
        (parts.attachments, _ATTACHMENT),
    ]
    for places, known in kinds:
        for place in places:
            yield place, known
    for steps, item, held in parts.relations:
        yield (steps, item), frozenset({"objectType", held, "relevantTypes"})
