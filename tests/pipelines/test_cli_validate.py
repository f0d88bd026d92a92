"""``tilth validate`` tells a sender where, by which rule and what to do, and lands nothing."""

import json

import pytest

GOOD = {
    "actor": {"mbox": "mailto:ann@example.org"},
    "verb": {"id": "https://example.org/verbs/read"},
    "object": {"id": "https://example.org/book/1"},
}


@pytest.fixture
def export(tmp_path):
    def write(*statements):
        path = tmp_path / "export.ndjson"
        path.write_text("\n".join(json.dumps(one) for one in statements))
        return str(path)

    return write


def test_statements_in_order_are_exit_code_0_and_nothing_is_made(tilth, settings, export):
    code, said, problems = tilth("validate", export(GOOD, GOOD))
    assert (code, problems) == (0, "")
    assert "2 statements · 0 with problems" in said
    assert not settings.root.exists()


def test_a_problem_names_place_rule_clause_and_remedy(tilth, settings, export):
    code, said, _ = tilth("validate", export(GOOD, {**GOOD, "verb": {}}, {**GOOD, "mood": 1}))
    assert code == 1
    first, rule, second, *_ = said.splitlines()
    assert first.startswith("reject export.ndjson, statement 2, /verb/id: ")
    assert "verb_id_is_an_iri (Data 2.4.3) → " in rule
    assert second.startswith("tolerate export.ndjson, statement 3, /mood: ")
    assert "3 statements · 2 with problems · 1 that an ingest would reject" in said
    assert "mailto:ann" not in said


def test_the_same_as_json(tilth, settings, export):
    code, said, _ = tilth("validate", "--json", export({**GOOD, "verb": {}}))
    [problem] = json.loads(said)["files"][0]["problems"]
    assert code == 1
    assert (problem["position"], problem["pointer"]) == (1, "/verb/id")
    assert problem["rule_id"] == "verb_id_is_an_iri"
    assert problem["clause"]
    assert problem["remedy"]


def test_the_version_is_the_senders_choice(tilth, settings, export):
    agents = [{"objectType": "contextAgent", "agent": GOOD["actor"]}]
    path = export({**GOOD, "context": {"contextAgents": agents}})
    assert tilth("validate", path)[0] == 1
    assert tilth("validate", "--version", "2.0.0", path)[0] == 0
    code, _, said = tilth("validate", "--version", "0.95", path)
    assert code == 2
    assert "Choose 1.0.3 or 2.0.0" in said


def test_nothing_to_validate_is_no_success(tilth, settings, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    for path in (empty, tmp_path / "nowhere.json"):
        code, _, said = tilth("validate", str(path))
        assert code == 2
        assert said
