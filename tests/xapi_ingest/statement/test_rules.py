"""The folders ``invalid/`` and ``valid/`` are the test list.

``invalid/<rule_id>__<what_is_wrong>.json``, ``valid/<what_is_allowed>.json``; a name that ends in
``_in_2_0`` is judged by version 2.0.
"""

from pathlib import Path

import pytest

from xapi_ingest.statement.parse import ParsedStatement, parse_statement, validate_statement
from xapi_ingest.statement.problems import rule_ids_of
from xapi_ingest.statement.rules import RULES
from xapi_ingest.statement.rules.catalogue import rules_page
from xapi_ingest.statement.rules.document import DOCUMENT_RULES
from xapi_ingest.statement.rules.severities import SEVERITIES, Severity

HERE = Path(__file__).parent
INVALID = sorted((HERE / "invalid").glob("*.json"))
VALID = sorted((HERE / "valid").glob("*.json"))
CATALOGUE = (*DOCUMENT_RULES, *RULES)


def problems_with(path):
    version = "2.0.0" if path.stem.endswith("_in_2_0") else "1.0.3"
    return validate_statement(path.read_bytes(), version=version)


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_the_rule_named_by_the_file_objects_and_no_other(path):
    problems = problems_with(path)
    assert rule_ids_of(problems) == [path.stem.split("__")[0]]
    assert all(problem.clause and problem.message and problem.remedy for problem in problems)


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_what_breaks_a_rule_lands_exactly_if_that_is_tolerated(path):
    is_tolerated = SEVERITIES[path.stem.split("__")[0]] is Severity.TOLERATE
    parsed = parse_statement(path.read_bytes(), "files")
    assert isinstance(parsed, ParsedStatement) == is_tolerated
    assert is_tolerated or parsed == problems_with(path)


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_what_the_specification_allows_is_in_order_and_lands(path):
    assert problems_with(path) == []
    assert isinstance(parse_statement(path.read_bytes(), "files"), ParsedStatement)


def test_every_rule_has_an_example_and_a_severity():
    rules = {rule.rule_id for rule in CATALOGUE}
    assert len(rules) == len(CATALOGUE)
    assert rules == {path.stem.split("__")[0] for path in INVALID}
    assert rules == set(SEVERITIES)


def test_every_rule_says_what_it_demands_by_which_clause_and_what_to_do():
    assert all(rule.clause and rule.summary.endswith(".") and rule.remedy for rule in CATALOGUE)


def test_all_that_is_wrong_is_said_at_once_with_its_place():
    raw = (
        b'{"id":"x","actor":{"name":"Ann"},"verb":{"id":"did","display":{"en_US":"did"}},'
        b'"result":{"success":"yes"},"mood":"good"}'
    )
    to_reject = {
        ("/id", "uuid_has_standard_form"),
        ("/actor", "actor_has_one_identifier"),
        ("/verb/id", "verb_id_is_an_iri"),
        ("/object", "object_is_present"),
        ("/result/success", "property_has_its_type"),
    }
    tolerated = {
        ("/mood", "property_is_known"),
        ("/verb/display/en_US", "language_tag_has_the_form_of_rfc_5646"),
    }
    found = {(problem.pointer, problem.rule_id) for problem in validate_statement(raw)}
    assert found == to_reject | tolerated
    found = {(problem.pointer, problem.rule_id) for problem in parse_statement(raw, "files")}
    assert found == to_reject


def test_the_page_of_rules_is_what_the_catalogue_says():
    page = HERE.parents[2] / "docs" / "statement-rules.md"
    assert page.read_text() == rules_page(path.name for path in INVALID), "run: make docs"
