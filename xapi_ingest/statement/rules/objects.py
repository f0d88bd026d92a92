"""Rules about what was done to what: verb, activity, SubStatement."""

from collections.abc import Iterator, Mapping
from typing import Any

from xapi_ingest.statement.identity import iri_from_text
from xapi_ingest.statement.problems import Problem, pointer_to
from xapi_ingest.statement.rules.places import Steps, activities, clauses, object_type


def verb_is_present(statement: Mapping[str, Any]) -> Iterator[Problem]:
    """A statement and a SubStatement say what was done (Data 2.4)."""
    yield from _missing(statement, "verb", "verb_is_present", "Send the verb with its id.")


def verb_id_is_an_iri(statement: Mapping[str, Any]) -> Iterator[Problem]:
    """A verb has an id, which is an IRI (Data 2.4.3)."""
    for steps, clause in clauses(statement):
        verb = clause.get("verb")
        if isinstance(verb, dict):
            yield from _not_iri((*steps, "verb"), verb, "verb_id_is_an_iri", "Data 2.4.3")


def object_is_present(statement: Mapping[str, Any]) -> Iterator[Problem]:
    """A statement and a SubStatement have an object (Data 2.4)."""
    yield from _missing(statement, "object", "object_is_present", "Send the object with its id.")


def activity_id_is_an_iri(statement: Mapping[str, Any]) -> Iterator[Problem]:
    """An activity has an id, which is an IRI (Data 2.4.4.1).

    Real emitters leave the id out where they send a definition; that much is let through, since
    the statement still says what kind of thing it is about.
    """
    for steps, activity in activities(statement):
        if "id" in activity or "definition" not in activity:
            yield from _not_iri(steps, activity, "activity_id_is_an_iri", "Data 2.4.4.1")


def sub_statement_is_whole(statement: Mapping[str, Any]) -> Iterator[Problem]:
    """A SubStatement holds no SubStatement (Data 2.4.4.3)."""
    for steps, clause in clauses(statement):
        inner = clause.get("object")
        if steps and isinstance(inner, dict) and object_type(inner) == "SubStatement":
            yield Problem(
                pointer_to(*steps, "object"),
                "sub_statement_is_whole",
                "Data 2.4.4.3",
                "a SubStatement stands in a SubStatement",
                "Refer to the inner statement by a StatementRef.",
            )


def _missing(
    statement: Mapping[str, Any], name: str, rule_id: str, remedy: str
) -> Iterator[Problem]:
    for steps, clause in clauses(statement):
        if name not in clause:
            yield Problem(
                pointer_to(*steps, name), rule_id, "Data 2.4", f"there is no {name}", remedy
            )


def _not_iri(
    steps: Steps, value: Mapping[str, Any], rule_id: str, clause: str
) -> Iterator[Problem]:
    text = value.get("id", "")
    if not isinstance(text, str):
        return
    try:
        iri_from_text(text)
    except ValueError:
        message = "the id is not an IRI with a scheme" if text else "there is no id"
        yield Problem(
            pointer_to(*steps, "id"),
            rule_id,
            clause,
            message,
            "Send an absolute IRI, such as https://example.org/course/1, without blanks.",
        )
