"""The folder ``invalid/`` is the test list: ``<rule_id>__<what_is_wrong>.json``."""

from pathlib import Path

import pytest

from xapi_ingest.statement.parse import ParsedStatement, parse_statement
from xapi_ingest.statement.problems import rule_ids_of
from xapi_ingest.statement.rules import RULES
from xapi_ingest.statement.rules.document import DOCUMENT_RULES

INVALID = sorted((Path(__file__).parent / "invalid").glob("*.json"))


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_the_rule_named_by_the_file_objects_and_no_other(path):
    problems = parse_statement(path.read_bytes(), "files")
    assert not isinstance(problems, ParsedStatement)
    assert rule_ids_of(problems) == [path.stem.split("__")[0]]
    assert all(problem.clause and problem.message and problem.remedy for problem in problems)


def test_every_rule_has_an_example():
    rules = {rule.__name__ for rule in (*DOCUMENT_RULES, *RULES)}
    assert rules == {path.stem.split("__")[0] for path in INVALID}


def test_every_rule_names_its_clause():
    assert all("(" in (rule.__doc__ or "") for rule in (*DOCUMENT_RULES, *RULES))


def test_all_that_is_wrong_is_said_at_once_with_its_place():
    raw = b'{"id":"x","actor":{"name":"Ann"},"verb":{"id":"did"},"result":{"success":"yes"}}'
    found = {(problem.pointer, problem.rule_id) for problem in parse_statement(raw, "files")}
    assert found == {
        ("/id", "uuid_has_standard_form"),
        ("/actor", "actor_has_one_identifier"),
        ("/verb/id", "verb_id_is_an_iri"),
        ("/object", "object_is_present"),
        ("/result/success", "property_has_its_type"),
    }
