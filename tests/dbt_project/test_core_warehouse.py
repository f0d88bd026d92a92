"""What the warehouse makes of a landing: settled, resolved, the same however it came."""

import csv
import datetime as dt
import gzip
import json
import os
from pathlib import Path

import pytest

ANN, BOB = "ann@example.com", "bob@example.com"


def utc(*parts):
    return dt.datetime(*parts, tzinfo=dt.UTC).replace(tzinfo=None)


FIRST, SECOND = utc(2026, 1, 14, 1), utc(2026, 1, 15, 1)
VOIDED = "http://adlnet.gov/expapi/verbs/voided"
ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
SAMPLES = Path(os.environ.get("TILTH_SAMPLES", SHARED / "xapi-samples"))

EARLY = [
    {"statement_id": "s1", "occurred_at": utc(2026, 1, 6, 9)},
    {"statement_id": "s2", "occurred_at": utc(2026, 1, 6, 9, 5)},
    {"statement_id": "s3", "occurred_at": utc(2026, 1, 6, 9, 12), "actor_ifi_value": BOB},
]
LATE = [
    # late data: it falls between two events that have long been counted
    {"statement_id": "s4", "occurred_at": utc(2026, 1, 6, 9, 3)},
    {"statement_id": "s1", "occurred_at": utc(2026, 1, 6, 9)},
    {"statement_id": "v1", "verb_iri": VOIDED, "object_type": "StatementRef", "object_id": "S2"},
]


def tables(warehouse, schema):
    return [
        f"{schema}.{name}"
        for (name,) in warehouse.rows(
            f"select table_name from information_schema.tables where table_schema = '{schema}'"  # noqa: S608
        )
    ]


def facts(warehouse):
    """Every mart without the columns that say when a row came."""
    return {
        table: warehouse.rows(f"select columns(c -> c <> 'loaded_at') from {table} order by all")  # noqa: S608
        for table in tables(warehouse, "marts")
        if table != "marts.fct_statement_quality"
    }


@pytest.fixture(scope="module")
def in_one_batch(new_warehouse):
    warehouse = new_warehouse()
    warehouse.land("both", [*EARLY, *LATE], at=FIRST)
    warehouse.build()
    return warehouse


@pytest.fixture(scope="module")
def in_two_batches(new_warehouse):
    """Two nights; after the first, its file is gone, so that only an increment can work."""
    warehouse = new_warehouse()
    warehouse.land("early", EARLY, at=FIRST)
    warehouse.land("unfinished", [{"statement_id": "ghost"}], at=FIRST, commit=False)
    warehouse.build()
    warehouse.first_night = warehouse.rows(
        "select statement_id from marts.fct_learning_events order by all"
    )
    next(warehouse.settings.landing.glob("statements/**/early.parquet")).unlink()
    # the first attempt at this batch was killed before its commit mark
    warehouse.land("late", LATE, at=SECOND - dt.timedelta(days=1), commit=False)
    warehouse.land("late", LATE, at=SECOND)
    warehouse.build()
    return warehouse


def test_every_row_is_unique_a_repeat_or_a_conflict(small_company):
    assert small_company.rows("select * from ops.reconciliation") == [
        ("lms", 6, 6, 0, 4, 1, 1, 0, 0, 0)
    ]


def test_employees_become_learners_with_unit_and_time_zone(small_company):
    learners = small_company.rows(
        "select org_unit_key, identity_method, time_zone, is_resolved "
        "from marts.dim_learners order by all"
    )
    assert learners == [
        ("company", "email", "UTC", True),  # the head office is the company; its time zone is none
        ("company", "ifi", "UTC", False),
        ("it", "email", "Asia/Tokyo", True),
    ]


def test_a_stranger_is_no_person_where_employees_are_known(small_company):
    assert small_company.rows(
        "select statement_id, is_person, is_meaningful from marts.fct_learning_events order by 1"
    ) == [("s1", True, True), ("s2", True, True), ("s3", False, False), ("s4", True, False)]


def test_an_unknown_verb_of_few_senders_is_named_by_its_host(small_company):
    assert small_company.rows("select kind, iri, statement_count from ops.unmapped_iris") == [
        ("verb", "http://example.com", 1)
    ]


def test_no_address_reaches_marts_or_ops(small_company):
    found = tables(small_company, "marts") + tables(small_company, "ops")
    assert found
    for table in found:
        assert "@example.com" not in str(small_company.rows(f"from {table}")), table


def test_the_same_statements_give_the_same_marts_in_one_batch_or_two(in_one_batch, in_two_batches):
    assert facts(in_two_batches) == facts(in_one_batch)


def test_a_void_that_comes_later_takes_its_statement_out(in_two_batches):
    assert in_two_batches.first_night == [("s1",), ("s2",), ("s3",)]
    assert in_two_batches.rows("select statement_id from marts.fct_learning_events order by 1") == [
        ("s1",),
        ("s3",),
        ("s4",),
    ]
    assert in_two_batches.rows("select * from ops.reconciliation") == [
        ("lms", 6, 6, 0, 5, 1, 0, 1, 0, 0)
    ]


def test_a_second_build_with_nothing_new_changes_nothing(in_one_batch):
    before = facts(in_one_batch)
    in_one_batch.build()
    assert facts(in_one_batch) == before


def test_an_empty_landing_builds_and_says_that_nothing_has_come(new_warehouse):
    warehouse = new_warehouse()
    warehouse.build()
    assert warehouse.rows("select count(*) from marts.fct_learning_events") == [(0,)]
    assert warehouse.rows("select org_unit_key from marts.dim_org_units") == [("company",)]
    assert warehouse.rows("select distinct is_available, row_count from ops.inputs") == [(False, 0)]


def listed(name, column):
    with (ROOT / "data" / "seeds" / name).open(encoding="utf-8") as file:
        return {row[column] for row in csv.DictReader(file)}


@pytest.mark.skipif(
    not SHARED.joinpath("vocabulary").is_dir(),
    reason="no ../shared/vocabulary beside the repository",
)
def test_every_known_iri_has_a_row():
    verbs = listed("ref_verbs.csv", "verb_iri")
    types = listed("ref_activity_types.csv", "activity_type_iri")
    with (SHARED / "vocabulary" / "xapi_iris.csv").open(encoding="utf-8") as file:
        known = [(row["kind"], row["iri"]) for row in csv.DictReader(file)]
    assert known
    assert not [iri for kind, iri in known if iri not in (verbs if kind == "verb" else types)]


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="no ../shared/xapi-samples beside the repository")
def test_every_verb_and_type_of_the_samples_has_a_row():
    verbs = listed("ref_verbs.csv", "verb_iri")
    types = listed("ref_activity_types.csv", "activity_type_iri")
    missing = set()
    for path in SAMPLES.glob("*.ndjson*"):
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as lines:
            for line in lines:
                statement = json.loads(line)
                kind = statement["object"].get("definition", {}).get("type")
                missing |= {statement["verb"]["id"]} - verbs
                missing |= ({kind} if kind else set()) - types
    assert not missing
