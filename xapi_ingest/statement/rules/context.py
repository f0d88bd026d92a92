"""Rules about the context of a statement."""

from collections.abc import Iterator
from typing import Final

from xapi_ingest.statement.identity import is_iri
from xapi_ingest.statement.rules.actor import is_identified
from xapi_ingest.statement.rules.places import Parts, object_type
from xapi_ingest.statement.rules.rule import Finding, rule

_OF_AN_ACTIVITY: Final = ("revision", "platform")
_SECOND: Final = "IEEE 9274.1.1, context"


@rule("Data 2.4.6", remedy="Send the property only where the object is an Activity.")
def revision_and_platform_belong_to_an_activity(parts: Parts) -> Iterator[Finding]:
    """Only a statement about an Activity has a revision or a platform."""
    for steps, clause in parts.clauses:
        target, context = clause.get("object"), clause.get("context")
        if not isinstance(target, dict) or not isinstance(context, dict):
            continue
        if object_type(target) != "Activity":
            for name in _OF_AN_ACTIVITY:
                if name in context:
                    yield (*steps, "context", name), f"the object is no Activity, so no {name}"


@rule("Data 2.4.6.2", remedy="Send an absolute IRI, such as https://example.org/course/1.")
def context_activity_id_is_an_iri(parts: Parts) -> Iterator[Finding]:
    """An activity in the context has an id, which is an IRI."""
    for steps, activity in parts.context_activities:
        text = activity.get("id", "")
        if isinstance(text, str) and not is_iri(text):
            yield (
                (*steps, "id"),
                "the id is not an IRI with a scheme" if text else "there is no id",
            )


@rule(_SECOND, remedy="Send objectType contextAgent and an agent, or contextGroup and a group.")
def context_relation_is_whole(parts: Parts) -> Iterator[Finding]:
    """An item of contextAgents or contextGroups says what it is and holds an identified actor."""
    for steps, item, held in parts.relations:
        kind = f"context{held.title()}"
        if item.get("objectType") != kind:
            yield (*steps, "objectType"), f"the objectType is not {kind}"
        if held not in item:
            yield (*steps, held), f"there is no {held}"
    for steps, actor in parts.related_actors:
        is_group = steps[-1] == "group"
        if (actor.get("objectType", "Agent") == "Group") != is_group:
            yield (*steps, "objectType"), f"this is not {'a Group' if is_group else 'an Agent'}"
        if not is_identified(actor):
            yield steps, "not exactly one well-formed identifier"


@rule(_SECOND, remedy="List the IRIs of activity types, or leave relevantTypes out.")
def relevant_types_are_iris(parts: Parts) -> Iterator[Finding]:
    """The relevantTypes of a contextAgent or contextGroup are one IRI or several."""
    for steps, item, _ in parts.relations:
        types = item.get("relevantTypes")
        if not isinstance(types, list):
            continue
        if not types:
            yield (*steps, "relevantTypes"), "the list is empty"
        for index, text in enumerate(types):
            if isinstance(text, str) and not is_iri(text):
                yield (*steps, "relevantTypes", index), "not an IRI with a scheme"
