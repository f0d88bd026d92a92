"""Mapped tables land like statements: once, whole, with every row that could not be mapped."""

import shutil

import msgspec
import pytest

from tests.xapi_ingest.mapping.outcome import SAMPLES, sample_of
from xapi_ingest.landing.inbox import ingest_inbox
from xapi_ingest.mapping.load import find_mapping, mapping_from_text
from xapi_ingest.statement.problems import Problem

MOODLE = SAMPLES / "moodle-course-completion"
OWN = "extends: moodle-course-completion\nparameters: {site: https://moodle.acme.example}\n"
TALKS = """\
mapping: talks
title: Talks
source: safety
checked_against: a sheet made for this test
input: {format: csv}
columns: {email: Email, talk: Talk, held: Held}
skip:
  - {when: talk is none, because: no talk was held}
statements:
  - name: attended
    key: [email, talk]
    statement:
      actor: =person(email, 'https://safety.acme.example')
      verb: {id: http://adlnet.gov/expapi/verbs/attended}
      object: {id: "=iri('https://safety.acme.example', talk)"}
      timestamp: =instant(held)
  - name: completed
    key: [email, talk]
    statement:
      actor: =person(email, 'https://safety.acme.example')
      verb: {id: http://adlnet.gov/expapi/verbs/completed}
      object: {id: "=iri('https://safety.acme.example', talk)"}
      timestamp: =instant(held)
"""
TABLE = """\
Email,Talk,Held
ann@acme.example,ladders,2026-03-02T08:00:00Z
bo@acme.example,ladders,yesterday
,,
cy@acme.example,,2026-03-02T08:00:00Z
cy@acme.example,gloves,2026-03-02T08:00:00Z
"""


@pytest.fixture
def talks():
    return mapping_from_text(TALKS, "talks.yaml")


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "talks.csv"
    path.write_text(TABLE)
    return path


@pytest.mark.parametrize("folder", sorted(SAMPLES.iterdir()), ids=lambda folder: folder.name)
def test_every_shipped_sample_lands_as_its_golden_file_says(ingest, landing, folder):
    expected = msgspec.json.decode((folder / "expected.json").read_bytes())
    mapping = find_mapping(folder.name)
    [report] = ingest(sample_of(folder), mapping=mapping).files
    rows = landing.rows("statements")
    assert [row["statement_id"] for row in rows] == [
        found["statement"]["id"] for found in expected["statements"]
    ]
    assert {row["source_name"] for row in rows} == {mapping.source_name}
    assert len(landing.rows("rejected")) == len({found["row"] for found in expected["problems"]})
    assert report.left_out == expected["skipped"]


def test_read_is_accepted_and_rejected_where_a_row_gives_several_statements(
    ingest, landing, table, talks
):
    [report] = ingest(table, mapping=talks).files
    [batch] = landing.rows("batches")
    assert (report.accepted_count, report.rejected_count, report.read_count) == (4, 1, 5)
    assert (batch["accepted_count"], batch["rejected_count"], batch["read_count"]) == (4, 1, 5)
    assert report.left_out == {"no talk was held": 1}
    positions = [row["position"] for row in landing.rows("statements") + landing.rows("rejected")]
    assert sorted(positions) == [1, 2, 3, 4, 5]


def test_a_row_that_cannot_be_mapped_is_kept_and_named(ingest, landing, table, talks):
    report = ingest(table, mapping=talks)
    [row] = landing.rows("rejected")
    problem, _ = msgspec.json.decode(row["problems_json"], type=list[Problem])  # one a statement
    assert row["first_rule_id"] == problem.rule_id == "mapping.time"
    assert problem.place == "row 2, line 3, Held"
    assert problem.remedy
    assert b"yesterday" in row["received_bytes"]
    [sentence] = report.problems
    assert "item 3 (row 2, line 3, Held) rejected by mapping.time: " in sentence
    assert "yesterday" in problem.message or "9 characters" in problem.message
    assert "bo@acme.example" not in sentence


def test_a_statement_that_breaks_a_rule_is_named_with_its_row(ingest, landing, table):
    verb = "{id: http://adlnet.gov/expapi/verbs/completed}"
    mapping = mapping_from_text(TALKS.replace(verb, '{id: "=talk"}'), "talks.yaml")
    report = ingest(table, mapping=mapping)
    assert (report.accepted_count, report.rejected_count) == (2, 3)
    rejected = {row["position"]: row for row in landing.rows("rejected")}
    [problem] = msgspec.json.decode(rejected[5]["problems_json"], type=list[Problem])
    assert problem.rule_id == "verb_id_is_an_iri"
    assert problem.place == "row 4"  # blank lines are no rows


def test_the_same_table_by_the_same_mapping_lands_once(ingest, landing, table, talks):
    first = ingest(table, mapping=talks)
    before = landing.everything()
    again = ingest(table, mapping=talks)
    assert landing.everything() == before
    assert again.files[0].is_already_landed
    assert (again.read_count, again.problems) == (first.read_count, first.problems)


def test_a_changed_mapping_is_another_batch_and_a_new_title_is_not(ingest, landing, table, talks):
    ingest(table, mapping=talks)
    retitled = mapping_from_text(TALKS.replace("title: Talks", "title: Short talks"), "t.yaml")
    assert ingest(table, mapping=retitled).files[0].is_already_landed
    changed = mapping_from_text(TALKS.replace("/attended}", "/experienced}"), "talks.yaml")
    assert not ingest(table, mapping=changed).files[0].is_already_landed
    assert len(landing.rows("batches")) == 2


def test_a_changed_parameter_of_an_extended_mapping_is_another_batch(ingest, landing):
    ingest(sample_of(MOODLE), mapping=find_mapping(MOODLE.name))
    ingest(sample_of(MOODLE), mapping=mapping_from_text(OWN, "own.yaml"))
    assert len(landing.rows("batches")) == 2


def test_the_source_that_is_asked_for_beats_that_of_the_mapping(ingest, landing, table, talks):
    ingest(table, mapping=talks)
    ingest(table, mapping=talks, source="works")
    assert {row["source_name"] for row in landing.rows("batches")} == {"safety", "works"}


def test_what_the_mapping_cannot_read_lands_nothing_and_is_said(ingest, landing, tmp_path, talks):
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n")
    damaged = tmp_path / "damaged.csv.gz"
    damaged.write_bytes(b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xff\xff\xff\xff")
    report = ingest(path, damaged, mapping=talks)
    assert report.exit_code == 1
    assert report.problems[0].startswith("other.csv: no line has the columns Email")
    assert report.problems[1].startswith("damaged.csv.gz: the gzip data is damaged")
    assert not landing.rows("batches")


def test_a_table_that_grows_while_it_is_mapped_lands_nothing(
    ingest, landing, table, talks, monkeypatch
):
    from xapi_ingest.landing import mapped  # noqa: PLC0415

    def growing(mapping, path, **options):
        yield from read(mapping, path, **options)
        with path.open("a") as file:
            file.write("di@acme.example,gloves,2026-03-02T08:00:00Z\n")

    read = mapped.map_file
    monkeypatch.setattr(mapped, "map_file", growing)
    report = ingest(table, mapping=talks)
    assert "changed while it was read" in report.problems[0]
    assert not landing.rows("statements")


def test_a_mapping_in_a_folder_of_the_inbox_maps_its_tables(settings, landing, table):
    folder = settings.inbox / "lms"
    (folder / "may").mkdir(parents=True)
    (folder / "mapping.yaml").write_text(TALKS)
    shutil.copy(table, folder / "may" / "talks.csv")
    (settings.inbox / "talks.csv").write_text(TABLE)  # outside of the folder: no mapping for it
    (folder / "org_units.csv").write_text(
        "org_unit_id,org_unit_name,parent_org_unit_id\ncompany,Acme,\n"
    )
    report = ingest_inbox(settings=settings)
    tables = {(row["table_name"], row["source_name"]) for row in landing.rows("batches")}
    assert tables == {("statements", "lms"), ("org_units", "lms")}
    assert (report.accepted_count, report.rejected_count) == (4 + 1, 1)
    assert all("mapping.yaml" not in name for name in report.skipped)


def test_a_folder_whose_mapping_is_broken_waits_and_the_rest_is_read(
    settings, landing, write_lines
):
    for name, text in {"lms": "mapping: [", "video": ""}.items():
        (settings.inbox / name).mkdir(parents=True)
        shutil.copy(write_lines("one.ndjson", [1]), settings.inbox / name)
        if text:
            (settings.inbox / name / "mapping.yaml").write_text(text)
    report = ingest_inbox(settings=settings)
    assert [row["source_name"] for row in landing.rows("batches")] == ["video"]
    [refusal] = report.refused
    assert refusal.startswith("inbox/lms: nothing of it is read: mapping.yaml:1")
