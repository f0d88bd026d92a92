"""Files are held to the letter, item by item, without landing anything."""

import gzip
import json
from pathlib import Path

import pytest

from xapi_ingest.errors import InputError
from xapi_ingest.landing.validate import LISTED_PROBLEMS, validate_files
from xapi_ingest.settings import load_settings

GOOD = {
    "actor": {"mbox": "mailto:ann@example.org"},
    "verb": {"id": "https://example.org/verbs/read"},
    "object": {"id": "https://example.org/book/1"},
}


@pytest.fixture
def validated(tmp_path):
    def run(*paths, version="1.0.3"):
        settings = load_settings(home=tmp_path / "home")
        return validate_files(paths, version=version, settings=settings)

    return run


def written(path, *statements):
    path.write_text("\n".join(json.dumps(one) for one in statements))
    return path


def test_a_file_in_order_has_no_problem(tmp_path, validated):
    report = validated(written(tmp_path / "a.ndjson", GOOD, GOOD))
    assert (report.exit_code, report.files[0].statement_count) == (0, 2)
    assert not (tmp_path / "home").exists()


def test_each_problem_says_where_it_is_and_how_grave(tmp_path, validated):
    odd, broken = {**GOOD, "mood": 1}, {**GOOD, "verb": {}, "Stored": ""}
    report = validated(written(tmp_path / "a.ndjson", odd, GOOD, broken))
    (file,) = report.files
    assert report.exit_code == 1
    assert (file.statement_count, file.flawed_count, file.rejected_count) == (3, 2, 1)
    found = [
        (problem["position"], problem["pointer"], problem["rule_id"], problem["severity"])
        for problem in report.to_dict()["files"][0]["problems"]
    ]
    assert found == [
        (1, "/mood", "property_is_known", "tolerate"),
        (3, "/Stored", "name_is_written_as_specified", "reject"),
        (3, "/verb/id", "verb_id_is_an_iri", "reject"),
    ]


def test_the_version_decides(tmp_path, validated):
    agent = {"objectType": "contextAgent", "agent": GOOD["actor"]}
    path = written(tmp_path / "a.json", {**GOOD, "context": {"contextAgents": [agent]}})
    assert validated(path).exit_code == 1
    assert validated(path, version="2.0.0").exit_code == 0
    with pytest.raises(InputError, match=r"no rules for version '0\.95'"):
        validated(path, version="0.95")


def test_a_cut_file_is_told_from_a_wrong_one(tmp_path, validated):
    path = tmp_path / "a.ndjson"
    path.write_bytes(json.dumps(GOOD).encode() + b'\n{"actor":')
    zipped = tmp_path / "b.json.gz"
    zipped.write_bytes(gzip.compress(json.dumps([GOOD] * 400).encode())[:-20])
    report = validated(path, zipped)
    assert [list(file.rule_counts) for file in report.files] == [["file_is_whole"]] * 2


def test_what_cannot_be_read_is_no_success(tmp_path, validated):
    (tmp_path / "a.ndjson").write_bytes(b"")
    report = validated(tmp_path / "a.ndjson", Path("nowhere.json"))
    assert report.exit_code == 2
    assert report.files[0].failure
    assert report.refused


def test_problems_beyond_the_listed_are_counted(tmp_path, validated):
    count = LISTED_PROBLEMS + 5
    report = validated(written(tmp_path / "a.ndjson", *[{**GOOD, "mood": 1}] * count))
    (file,) = report.files
    assert (file.flawed_count, len(file.objections)) == (count, LISTED_PROBLEMS)
    assert file.rule_counts == {"property_is_known": count}
    assert file.is_shortened
