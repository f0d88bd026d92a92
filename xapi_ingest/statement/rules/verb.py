"""Rules about what was done."""

from collections.abc import Iterator
from typing import Final

from xapi_ingest.statement.identity import VOIDED, is_iri
from xapi_ingest.statement.rules.places import Parts, children, object_type
from xapi_ingest.statement.rules.rule import Finding, rule

_AN_IRI: Final = "Send an absolute IRI, such as https://example.org/verbs/read, without blanks."


@rule("Data 2.4.3", remedy=_AN_IRI)
def verb_id_is_an_iri(parts: Parts) -> Iterator[Finding]:
    """A verb has an id, which is an IRI."""
    for steps, verb in children(parts.clauses, "verb"):
        text = verb.get("id", "")
        if isinstance(text, str) and not is_iri(text):
            yield (
                (*steps, "id"),
                "the id is not an IRI with a scheme" if text else "there is no id",
            )


@rule("Data 2.3.2", remedy="Name the statement to be voided: objectType StatementRef and its id.")
def voiding_names_a_statement(parts: Parts) -> Iterator[Finding]:
    """A statement that voids another has that one as its object, as a StatementRef."""
    for steps, clause in parts.clauses:
        verb, target = clause.get("verb"), clause.get("object")
        if not isinstance(verb, dict) or not isinstance(target, dict):
            continue
        if verb.get("id") == VOIDED and object_type(target) != "StatementRef":
            yield (*steps, "object"), "a voiding statement does not name a statement"
