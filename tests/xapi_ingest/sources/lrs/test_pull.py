"""The ordinary way: everything once, then only what is new, with an overlap and never a gap."""

import json
from datetime import timedelta

import pytest

from tests.xapi_ingest.sources.lrs.small_lrs import BEGIN, iso, statement

HOUR = timedelta(hours=1)


def test_the_first_pull_lands_every_statement_once(bench):
    bench.lrs.hold(10)
    report = bench.pull()
    assert len(bench.ids()) == len(set(bench.ids())) == 10
    assert (report.page_count, report.landed_count, report.accepted_count) == (3, 3, 10)
    assert report.pulled_until == bench.lrs.now
    assert report.exit_code == 0
    assert report.remarks == []


def test_statements_land_as_the_lrs_sent_them(bench):
    raw = (
        b'{ "id" : "6690e6c9-3ef0-4ed3-8b37-7f3964730bee",'
        + json.dumps(statement(1, BEGIN, id=None), ensure_ascii=False)
        .replace('"id": null, ', "", 1)
        .encode()[1:]
    )
    bench.lrs.add(BEGIN, raw)
    bench.pull()
    assert [row["statement_json"] for row in bench.rows()] == [raw.decode()]


def test_a_second_pull_brings_what_is_new_and_the_overlap(bench):
    bench.lrs.hold(10)
    bench.lrs.now = BEGIN + timedelta(minutes=10)
    bench.pull(bench.source(lag_seconds=180))
    bench.lrs.hold(5, begin=BEGIN + timedelta(minutes=11))
    bench.lrs.now = BEGIN + HOUR
    report = bench.pull(bench.source(lag_seconds=180))
    assert report.accepted_count == 5 + 2  # stored after minute 10 − 3: minutes 8 and 9, and 11–15
    assert len(set(bench.ids())) == 15
    query = bench.lrs.asked_pages[3].query_params
    assert query["since"] == iso(BEGIN + timedelta(minutes=7))
    assert query["until"] == iso(BEGIN + HOUR)


def test_a_pull_with_nothing_new_asks_for_nothing_but_the_time(bench):
    bench.lrs.hold(3)
    bench.pull()
    asked = len(bench.lrs.asked)
    report = bench.pull()
    assert len(bench.lrs.asked) == asked + 1
    assert (report.page_count, report.landed_count) == (0, 0)


def test_what_is_not_yet_consistent_waits_for_the_next_pull(bench):
    bench.lrs.hold(10)
    bench.lrs.consistent_through = BEGIN + timedelta(minutes=4)
    report = bench.pull(bench.source(lag_seconds=0))
    assert report.accepted_count == 5
    assert report.pulled_until == bench.lrs.consistent_through
    late = BEGIN + timedelta(minutes=4, seconds=30)
    bench.lrs.add(late, json.dumps(statement(99, late)).encode())
    bench.lrs.consistent_through = None
    bench.pull(bench.source(lag_seconds=0))
    assert len(bench.ids()) == len(set(bench.ids())) == 11


def test_until_bounds_a_pull(bench):
    bench.lrs.hold(10)
    until = BEGIN + timedelta(minutes=6)
    assert bench.pull(until=until).accepted_count == 7
    assert bench.pull(bench.source(lag_seconds=0)).accepted_count == 3


def test_a_pull_from_a_start_goes_window_by_window(bench):
    bench.lrs.hold(24, minutes=60)
    source = bench.source(start=BEGIN - timedelta(seconds=1), window_hours=6, page_limit=100)
    report = bench.pull(source)
    assert report.window_count == 5
    assert len(bench.ids()) == len(set(bench.ids())) == 24
    bounds = [request.query_params for request in bench.lrs.asked_pages]
    assert [query["until"] for query in bounds[:-1]] == [query["since"] for query in bounds[1:]]


def test_statements_are_asked_for_in_ascending_order_and_as_they_were_received(bench):
    bench.lrs.hold(1)
    bench.pull()
    query = bench.lrs.asked_pages[0].query_params
    assert (query["ascending"], query["format"], query["attachments"]) == ("true", "exact", "false")


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"verb": "http://adlnet.gov/expapi/verbs/experienced"}, 10),
        ({"verb": "http://adlnet.gov/expapi/verbs/passed"}, 0),
        ({"activity": "https://example.com/pages/1"}, 2),
        ({"agent": {"mbox": "mailto:learner0@example.com"}}, 4),
    ],
)
def test_the_lrs_applies_the_filters(bench, filters, count):
    bench.lrs.hold(10)
    assert bench.pull(bench.source(filters=filters)).accepted_count == count


def test_a_wider_filter_begins_again_and_skips_nothing(bench):
    bench.lrs.hold(10)
    bench.pull(bench.source(filters={"activity": "https://example.com/pages/1"}))
    report = bench.pull()
    assert len(set(bench.ids())) == 10
    assert report.remarks == ["endpoint or filters have changed: pulled from the start again"]


@pytest.mark.parametrize("version", ["1.0.0", "1.0.3", "2.0.0"])
def test_either_version_of_the_protocol_is_spoken(bench, version):
    bench.lrs.version = version
    bench.lrs.hold(2)
    bench.pull(bench.source(version=version))
    assert len(bench.ids()) == 2
    assert {r.headers["X-Experience-API-Version"] for r in bench.lrs.asked} == {version}


def test_requests_keep_their_distance(bench):
    bench.lrs.hold(12)
    bench.pull(bench.source(requests_per_second=2))
    assert bench.time.slept == [0.5, 0.5, 0.5]


def test_a_rejected_statement_does_not_hold_up_its_page(bench):
    bench.lrs.hold(2)
    bad = statement(7, BEGIN + HOUR, verb={"id": "not an IRI"})
    bench.lrs.add(BEGIN + HOUR, json.dumps(bad).encode())
    report = bench.pull()
    assert (report.accepted_count, report.rejected_count, report.exit_code) == (2, 1, 1)
    assert [row["position"] for row in bench.rows("rejected")] == [3]
    assert "page 1 of" in report.problems[0]


def test_a_statement_that_is_no_json_does_not_hold_up_its_page(bench):
    bench.lrs.hold(2)
    broken = b'{"id":"]}","verb":{"id":nonsense},"n":NaN}'
    bench.lrs.add(BEGIN + timedelta(seconds=30), broken)
    bench.lrs.hold(3, begin=BEGIN + HOUR)
    report = bench.pull()
    assert (report.accepted_count, report.rejected_count) == (5, 1)
    rejected = bench.rows("rejected")
    assert [row["received_bytes"] for row in rejected] == [broken]
    assert rejected[0]["position"] == 2


def test_a_statement_too_long_for_a_row_is_put_aside_whole(bench):
    bench.lrs.hold(1)
    long = json.dumps(statement(8, BEGIN + HOUR, result={"response": "x" * 5000})).encode()
    bench.lrs.add(BEGIN + HOUR, long)
    bench.settings = bench.settings.model_copy(update={"max_statement_bytes": 2048})
    report = bench.pull()
    assert (report.accepted_count, report.rejected_count) == (1, 1)
    name = bench.rows("rejected")[0]["overflow_name"]
    assert (bench.settings.landing / "overflow" / name).read_bytes() == long
