"""The guard of the landing: a batch that is not what it promises stops the night."""

from datetime import timedelta

import pytest

from pipelines.lib.clock import as_of_from_text
from pipelines.lib.landing_batches import new_batches
from pipelines.lib.landing_suite import is_blocking, outcome, validate
from tests.pipelines.conftest import LOADED_AT, land, statement

AS_OF = as_of_from_text("2026-09-27")
CUT_AT = as_of_from_text("2026-12-31")


def failed(settings, seen=()):
    expected = validate(new_batches(settings, as_of=AS_OF, cut_at=CUT_AT, seen=seen))
    return {each.claim for each in expected if not each.is_met}, is_blocking(expected)


def test_a_whole_batch_passes(settings):
    land(settings, [statement(1), statement(2)])
    assert failed(settings) == (set(), False)


@pytest.mark.parametrize(
    ("claim", "changed"),
    [
        ("statement_ids_are_uuids", {"statement_id": "17"}),
        ("statement_ids_are_uuids", {"statement_id": None}),
        ("fingerprints_are_present", {"fingerprint": None}),
        ("instants_are_present", {"occurred_at": None}),
        ("verbs_are_iris", {"verb_iri": "completed"}),
        ("originals_are_kept", {"statement_json": None}),
        ("positions_are_distinct", {"position": 1}),
    ],
)
def test_a_broken_row_stops_the_night(settings, claim, changed):
    land(settings, [statement(1), statement(2, **changed)])
    assert failed(settings) == ({claim}, True)


@pytest.mark.parametrize(
    ("claims", "promised"),
    [
        (
            {"accepted_rows_are_in_the_file", "read_is_accepted_and_rejected"},
            {"accepted_count": 3},
        ),
        (
            {"rejected_rows_are_in_the_file"},
            {"rejected_count": 1, "read_count": 2},
        ),
        ({"read_is_accepted_and_rejected"}, {"read_count": 9}),
    ],
)
def test_a_batch_that_does_not_hold_what_it_promises_stops_the_night(settings, claims, promised):
    land(settings, [statement(1)], **promised)
    assert failed(settings) == (claims, True)


def test_a_sender_whose_clock_is_ahead_is_shown_and_stops_nothing(settings):
    land(settings, [statement(1, occurred_at=as_of_from_text("2026-09-30"))])
    assert failed(settings) == ({"nothing_happens_in_the_future"}, False)


def test_a_time_of_receipt_is_not_held_against_the_sender(settings):
    receipt = as_of_from_text("2026-11-30")
    land(settings, [statement(1, occurred_at=receipt, is_time_inferred=True)])
    assert failed(settings) == (set(), False)


def test_a_failure_names_source_and_file_and_no_statement(settings):
    land(settings, [statement(1, verb_iri=None)])
    [wrong] = [
        outcome(each)
        for each in validate(new_batches(settings, as_of=AS_OF, cut_at=CUT_AT, seen=()))
        if each.claim == "verbs_are_iris"
    ]
    assert (wrong.status, wrong.severity, wrong.failures) == ("failed", "error", 1)
    assert wrong.message == "Not so in lms/export.ndjson."


def test_a_batch_that_was_published_is_not_looked_at_again(settings):
    land(settings, [statement(1, verb_iri=None)])
    assert failed(settings, seen=("batch-1",)) == (set(), False)


def test_what_is_committed_after_the_cut_waits_for_the_next_night(settings):
    land(settings, [statement(1, verb_iri=None)], ingest_seconds=60.0)
    at_commit = LOADED_AT + timedelta(seconds=60)
    for cut_at, count in ((at_commit - timedelta(seconds=1), 0), (at_commit, 1)):
        assert len(new_batches(settings, as_of=AS_OF, cut_at=cut_at, seen=())) == count
