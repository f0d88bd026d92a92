"""``tilth ledger`` lists what came and what became of it."""

import json

import pytest


@pytest.fixture
def ingested(tilth, tmp_path):
    good = {"actor": {"mbox": "mailto:a@example.org"}, "verb": {"id": "https://example.org/did"}}
    (tmp_path / "good.json").write_text(json.dumps(good | {"object": {"id": "urn:x:1"}}))
    (tmp_path / "bad.csv").write_text("who,what\nx,y\n")
    tilth("ingest", str(tmp_path / "good.json"), str(tmp_path / "bad.csv"), "--source", "lms")


def test_the_ledger_lists_inputs_with_outcome_and_reason(tilth, ingested):
    code, text, _ = tilth("ledger", "--json")
    assert code == 1
    entries = {entry["place"][-8:]: entry for entry in json.loads(text)["inputs"]}
    assert (entries["ood.json"]["outcome"], len(entries["ood.json"]["batch_ids"])) == ("landed", 1)
    assert entries["/bad.csv"]["outcome"] == "failed"
    assert "no mapping says what they mean" in entries["/bad.csv"]["detail"]
    _, text, _ = tilth("ledger", "--failed")
    assert "bad.csv" in text
    assert "good.json" not in text
    assert tilth("ledger", "good")[0] == 0
    assert "no such input" in tilth("ledger", "--source", "hr")[1]


def test_asking_an_unused_data_folder_makes_none(tilth, settings):
    assert tilth("ledger")[0] == 0
    assert not settings.root.exists()
