"""What was replayed and discarded, from the landing to the ops tables of a real build."""

import json

import pytest

from xapi_ingest.landing.ingest import ingest_paths
from xapi_ingest.landing.quarantine import Chosen, rejected_batches
from xapi_ingest.landing.replay import replay
from xapi_ingest.landing.resolutions import Decision, discard
from xapi_ingest.settings import Settings

WHY = Decision("mended", "ann")


def statement(number, **changed):
    return {
        "id": f"00000000-0000-4000-8000-{number:012d}",
        "actor": {"mbox": "mailto:ann@example.org"},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/completed"},
        "object": {"id": "https://example.org/course/1"},
        "timestamp": "2026-01-05T10:00:00Z",
        **changed,
    }


@pytest.fixture(scope="module")
def settled(new_warehouse, tmp_path_factory):
    """Five items read; two replayed after a raised limit, one discarded, one waiting."""
    warehouse = new_warehouse()
    long = {"response": "x" * 3_000}
    rows = [
        statement(1, result=long),
        statement(2, result=long),
        statement(3),
        statement(4, actor={}),
        statement(5, timestamp="yesterday"),
    ]
    path = tmp_path_factory.mktemp("export") / "export.json"
    path.write_text(json.dumps(rows))
    limited = Settings(home=warehouse.settings.home, max_statement_bytes=2_000)
    assert ingest_paths([path], settings=limited, source="lms").rejected_count == 4
    assert replay(Chosen(), WHY, settings=warehouse.settings).replayed_count == 2
    chosen = Chosen(rule_id="timestamp_is_iso_8601")
    assert discard(chosen, WHY, settings=warehouse.settings).item_count == 1
    warehouse.build()
    return warehouse


def test_a_replayed_item_moves_from_rejected_to_accepted_and_is_read_once(settled):
    [row] = settled.rows(
        "select read_count, accepted_count, rejected_count, replayed_count, discarded_count, "
        "unique_count, duplicate_count, conflict_count from ops.reconciliation"
    )
    assert row == (5, 3, 2, 2, 1, 3, 0, 0)


def test_what_waits_what_was_replayed_and_what_was_discarded_are_told_apart(settled):
    rows = settled.rows(
        "select rule_id, rejected_count, replayed_count, discarded_count from ops.rejections"
    )
    assert sorted(rows) == [
        ("actor_has_one_identifier", 1, 0, 0),
        ("statement_fits_the_limit", 0, 2, 0),
        ("timestamp_is_iso_8601", 0, 0, 1),
    ]


def test_settling_makes_no_source_look_fresh(settled):
    [batch] = rejected_batches(settled.settings.landing, Chosen())
    assert settled.rows("select last_loaded_at from ops.freshness") == [(batch.loaded_at,)]
