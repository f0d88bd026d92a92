"""Rules that look at several parts of a statement at once."""

from collections.abc import Iterator

from xapi_ingest.statement.response import departure_from_format
from xapi_ingest.statement.rules.places import Parts, object_type
from xapi_ingest.statement.rules.rule import Finding, rule


@rule("Data 2.4.4.1", remedy="Write the response in the format of the interaction type.")
def response_has_its_format(parts: Parts) -> Iterator[Finding]:
    """The response to an interaction has the format of its type, as correct responses have."""
    for steps, clause in parts.clauses:
        target, result = clause.get("object"), clause.get("result")
        if not isinstance(target, dict) or not isinstance(result, dict):
            continue
        definition, response = target.get("definition"), result.get("response")
        if object_type(target) != "Activity" or not isinstance(definition, dict):
            continue
        kind = definition.get("interactionType")
        if isinstance(kind, str) and isinstance(response, str):
            departure = departure_from_format(kind, response)
            if departure:
                yield (*steps, "result", "response"), departure
