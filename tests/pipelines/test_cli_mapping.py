"""``tilth map`` tries a mapping and writes nothing; ``tilth ingest --mapping`` lands with it."""

import json

import pytest

from tests.xapi_ingest.mapping.outcome import SAMPLES, sample_of
from xapi_ingest.mapping.load import shipped_names

NAME = "moodle-course-completion"


@pytest.fixture
def sample():
    return str(sample_of(SAMPLES / NAME))


def test_the_list_says_of_each_shipped_mapping_what_it_was_checked_against(tilth, settings):
    code, said, _ = tilth("map", "--list")
    assert code == 0
    assert all(f"{name} (source " in said for name in shipped_names())
    assert said.count("checked against: ") == len(shipped_names())
    listed = json.loads(tilth("map", "--list", "--json")[1])
    assert [each["name"] for each in listed] == shipped_names()


def test_a_dry_run_shows_statements_and_what_failed_and_writes_nothing(tilth, settings, sample):
    code, said, problems = tilth("map", NAME, sample)
    assert code == 1
    assert 'row 1: {"id":"' in said
    assert "4 rows read · 4 statements · 1 row refused" in said
    assert "row 4 (line 5), Lifting quiz: " in problems
    assert "mapping.time" in problems
    assert not settings.root.exists()


def test_a_dry_run_as_json(tilth, settings, sample):
    code, said, _ = tilth("map", NAME, sample, "--json")
    found = json.loads(said)
    assert code == 1
    assert found["statements"][0]["statement"]["actor"]
    assert found["problems"][0]["rule_id"] == "mapping.time"


@pytest.mark.parametrize(
    "arguments", [(), (NAME,), ("nothing", "table.csv"), (NAME, "nowhere.csv")]
)
def test_a_mapping_or_table_that_is_not_there_is_exit_code_2(tilth, settings, arguments):
    code, _, said = tilth("map", *arguments)
    assert code == 2
    assert "Traceback" not in said


def test_ingest_with_a_mapping_lands_the_table_once_and_names_the_row(tilth, settings, sample):
    code, said, problems = tilth("ingest", "--mapping", NAME, sample)
    assert code == 1
    assert "5 read · 4 accepted · 1 rejected · 1 row left out by the mapping" in said
    assert "item 5 (row 4, line 5, Lifting quiz) rejected by mapping.time: " in problems
    code, said, _ = tilth("ingest", "--mapping", NAME, sample, "--json")
    [file] = json.loads(said)["files"]
    assert (file["is_already_landed"], file["accepted_count"]) == (True, 4)


def test_ingest_with_a_mapping_that_is_not_there_lands_nothing(tilth, settings, sample):
    code, _, said = tilth("ingest", "--mapping", "nothing", sample)
    assert code == 2
    assert "There is no mapping 'nothing'" in said
    assert not settings.root.exists()
