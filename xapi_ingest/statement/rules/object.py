"""Rules about what something was done to: activities, StatementRefs, SubStatements."""

from collections.abc import Iterator
from typing import Final

from xapi_ingest.statement.identity import is_iri
from xapi_ingest.statement.rules.places import Parts, children, object_type
from xapi_ingest.statement.rules.rule import Finding, rule

_AN_IRI: Final = "Send an absolute IRI, such as https://example.org/course/1, without blanks."
_OF_THE_RECORD: Final = ("id", "stored", "version", "authority")


@rule("Data 2.4.4.1", remedy=_AN_IRI)
def activity_id_is_an_iri(parts: Parts) -> Iterator[Finding]:
    """The activity that something was done to is known by an IRI or at least by a definition."""
    for steps, activity in parts.activities:
        text = activity.get("id", "")
        is_absent = "id" not in activity and "definition" in activity
        if isinstance(text, str) and not is_absent and not is_iri(text):
            yield (
                (*steps, "id"),
                "the id is not an IRI with a scheme" if text else "there is no id",
            )


@rule("Data 2.4.4.1", remedy=_AN_IRI)
def activity_has_an_id(parts: Parts) -> Iterator[Finding]:
    """An activity has an id, even where it has a definition."""
    for steps, activity in parts.activities:
        if "id" not in activity and "definition" in activity:
            yield (*steps, "id"), "there is a definition but no id"


@rule(
    "Data 2.4.4", remedy="Write Activity, Agent, Group, StatementRef or SubStatement, or nothing."
)
def object_type_is_known(parts: Parts) -> Iterator[Finding]:
    """An objectType is one of the five that exist, and Activity where an activity must stand."""
    for steps, activity in [*parts.activities, *parts.context_activities]:
        kind = activity.get("objectType", "Activity")
        if isinstance(kind, str) and kind != "Activity":
            yield (*steps, "objectType"), "there is no object of this type here"


@rule("Data 2.4.4.3", remedy="Write StatementRef.")
def statement_ref_says_its_type(parts: Parts) -> Iterator[Finding]:
    """A StatementRef says that it is one."""
    for steps, ref in children(parts.contexts, "statement"):
        kind = ref.get("objectType", "")
        if isinstance(kind, str) and kind != "StatementRef":
            yield (*steps, "objectType"), "a reference without objectType StatementRef"


@rule("Data 2.4.4.3", remedy="Refer to the inner statement by a StatementRef.")
def sub_statement_is_not_nested(parts: Parts) -> Iterator[Finding]:
    """A SubStatement holds no SubStatement."""
    for steps, target in parts.objects[1:]:
        if object_type(target) == "SubStatement":
            yield steps, "a SubStatement stands in a SubStatement"


@rule("Data 2.4.4.3", remedy="Leave the property out: only a statement of its own has it.")
def sub_statement_is_no_record(parts: Parts) -> Iterator[Finding]:
    """A SubStatement has no id, stored, version or authority."""
    for steps, clause in parts.clauses[1:]:
        for name in _OF_THE_RECORD:
            if name in clause:
                yield (*steps, name), f"a SubStatement has no {name}"
