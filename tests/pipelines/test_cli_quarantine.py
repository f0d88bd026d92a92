"""``tilth quarantine`` as the how-to describes it, and what it says when there is nothing to do."""

import json
import re
import shlex

import pytest

from pipelines.lib.examples import examples
from tests.pipelines.conftest import ROOT
from xapi_ingest.landing.explanation import EXAMPLES, explain
from xapi_ingest.landing.reasons import REASONS
from xapi_ingest.statement.parse import ParsedStatement, parse_statement

HOWTO = ROOT / "docs" / "howto" / "quarantine.md"
GOOD = {
    "actor": {"mbox": "mailto:ann@example.org"},
    "verb": {"id": "http://example.org/verbs/read"},
    "object": {"id": "http://example.org/pages/1"},
    "timestamp": "2026-09-01T09:00:00Z",
}


@pytest.fixture
def export_file(tmp_path, monkeypatch):
    monkeypatch.setenv("TILTH_MAX_STATEMENT_BYTES", "2000")
    long = GOOD | {"result": {"response": "secret " * 500}}
    lines = [GOOD, long, {name: value for name, value in GOOD.items() if name != "actor"}]
    (tmp_path / "export.ndjson").write_text("\n".join(map(json.dumps, lines)))
    (tmp_path / "corrected.ndjson").write_text(json.dumps(GOOD | {"id": "0" * 8 + "-0000" * 3}))
    return tmp_path / "export.ndjson"


def commands():
    """Each command of the how-to's example with what its comments promise."""
    section = HOWTO.read_text().split("## An example")[1].split("\n## ")[0]
    for block in re.findall(r"```sh\n(.*?)```", section, re.DOTALL):
        for part in re.split(r"^(?=\w)", block, flags=re.MULTILINE):
            command, *promises = part.strip().splitlines() or [""]
            if command:
                yield command.split("  ")[0], [line.removeprefix("# ") for line in promises]


def test_the_example_of_the_howto_does_what_it_says(tilth, settings, export_file, monkeypatch):
    corrected = export_file.with_name("corrected.ndjson")
    corrected.write_text(json.dumps(GOOD | {"object": {"id": "http://example.org/pages/2"}}))
    done = []
    for command, promises in commands():
        words = shlex.split(command)
        if words[0].startswith("TILTH_"):
            name, _, value = words.pop(0).partition("=")
            monkeypatch.setenv(name, value)
        code, said, problems = tilth(*words[1:])
        done.append((words[1:3], code))
        for promise in promises:
            for stated in re.split(r"…|\d+\.\d s", promise):
                assert stated.strip() in f"{said} {problems}", command
        assert "secret" not in said + problems
    assert [code for _, code in done] == [1, 1, 0, 0, 0]
    code, said, _ = tilth("quarantine", "list")
    assert (code, said.splitlines()[-1]) == (0, "0 open · 1 replayed · 1 discarded")
    assert json.loads((export_file.parent / "refused" / "problems.ndjson").read_text())["position"]


def test_show_alone_says_what_a_statement_holds(tilth, settings, export_file):
    tilth("ingest", str(export_file), "--source", "lms")
    code, said, _ = tilth("quarantine", "list", "--json")
    assert code == 1
    counts = {row["rule_id"]: row["open_count"] for row in json.loads(said)}
    assert counts == {"statement_fits_the_limit": 1, "actor_is_present": 1}
    code, said, _ = tilth("quarantine", "show", "--rule", "actor_is_present")
    assert code == 0
    assert "export.ndjson · item 3 · batch " in said
    assert "actor_is_present at /actor: there is no actor." in said
    assert '"id": "http://example.org/pages/1"' in said
    code, said, _ = tilth("quarantine", "show", "--position", "2", "--json")
    [item] = json.loads(said)
    assert json.loads(item["received"])["result"]["response"].startswith("secret")
    assert item["problems"][0]["rule_id"] == "statement_fits_the_limit"


def test_with_nothing_to_do_every_command_says_so(tilth, settings, tmp_path):
    for arguments, code, words in [
        (["list"], 0, "0 open"),
        (["show"], 1, "0 items shown"),
        (["replay"], 0, "0 open items · 0 replayed"),
        (["export", str(tmp_path / "out")], 1, "0 items in "),
        (["discard", "--all", "--reason", "none"], 1, "0 items discarded"),
    ]:
        found, said, problems = tilth("quarantine", *arguments)
        assert (found, words in said) == (code, True), (arguments, said, problems)


def test_what_cannot_be_meant_is_said_with_a_remedy(tilth, settings, export_file):
    tilth("ingest", str(export_file), "--source", "lms")
    for arguments, words in [
        (["discard", "--reason", "x"], "say --all"),
        (["replay", "--batch", "zz"], "`tilth quarantine list` names them"),
        (["replay", "--mapping", "nowhere"], "There is no mapping 'nowhere'"),
        (["explain", "timestamp"], "Did you mean timestamp_is_iso_8601"),
    ]:
        code, _, problems = tilth("quarantine", *arguments)
        assert (code, words in problems) == (2, True), problems


def test_every_rule_is_explained_and_its_examples_are_wrong_and_right():
    assert EXAMPLES.read_bytes() == examples(), "run: make docs"
    for rule_id in REASONS:
        told = explain(rule_id)
        assert told.sentence
        assert told.remedy
        if told.example and not rule_id.startswith("mapping."):
            right = parse_statement(told.example.right.encode(), "files")
            assert isinstance(right, ParsedStatement), rule_id
    shown = explain("duration_is_iso_8601").example
    assert "P0000-00-00T01:00:00" in shown.wrong
    assert json.loads(shown.right)["result"]["duration"].startswith("P")
