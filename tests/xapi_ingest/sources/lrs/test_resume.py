"""Stopped anywhere, a pull or a backfill goes on and lands what an undisturbed one lands."""

import itertools
import json
import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from starlette.responses import Response

from tests.xapi_ingest.sources.lrs.conftest import ENVIRONMENT, bench_in
from tests.xapi_ingest.sources.lrs.small_lrs import BEGIN
from xapi_ingest.errors import InputError
from xapi_ingest.landing.pull import backfill
from xapi_ingest.sources.cursors import open_cursors
from xapi_ingest.sources.lrs.window import split

HOUR = timedelta(hours=1)

# Loads once, then forks for every line: the fork pulls, and kills itself right after page `die_at`
# of this try has landed, before that is noted anywhere else. Answers the fork's id and status.
NURSERY = """
import json, os, signal, sys
from datetime import datetime
from xapi_ingest.landing.pull import backfill, pull
from xapi_ingest.settings import Settings
from xapi_ingest.sources.lrs.clock import Clock
from xapi_ingest.sources.lrs.config import LrsSource

def run(what):
    def on_progress(report):
        if report.page_count == what["die_at"]:
            os.kill(os.getpid(), signal.SIGKILL)

    clock = Clock(lambda: datetime.fromisoformat(what["now"]), lambda: 0.0, lambda seconds: None)
    source = LrsSource.model_validate_json(what["source"])
    common = dict(settings=Settings(home=what["home"]), on_progress=on_progress, clock=clock,
                  environment=what["environment"])
    if what["start"]:
        start, end = (datetime.fromisoformat(what[name]) for name in ("start", "end"))
        backfill(source, start=start, end=end, **common)
    else:
        pull(source, **common)

for line in sys.stdin:
    child = os.fork()
    if not child:
        status = 1
        try:
            run(json.loads(line))
            status = 0
        finally:
            os._exit(status)
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@pytest.fixture(scope="module")
def nursery():
    process = subprocess.Popen(
        [sys.executable, "-c", NURSERY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    yield process
    process.stdin.close()
    process.wait()


def begin(nursery, bench, source, *, die_at, between=(None, None)):
    """Begin a try in a process of its own; its id."""
    what = {
        "die_at": die_at,
        "now": bench.lrs.now.isoformat(),
        "source": source.model_dump_json(),
        "home": str(bench.settings.home),
        "environment": ENVIRONMENT,
        "start": between[0] and between[0].isoformat(),
        "end": between[1] and between[1].isoformat(),
    }
    nursery.stdin.write(json.dumps(what) + "\n")
    nursery.stdin.flush()
    return int(nursery.stdout.readline())


def end_of(nursery):
    """The status with which the try ended; negative: the signal that killed it."""
    return int(nursery.stdout.readline())


def tries_until_done(nursery, bench, source, **what):
    """How often it had to be killed until it came to its end."""
    for tries in range(10):
        begin(nursery, bench, source, **what)
        status = end_of(nursery)
        if status == 0:
            return tries
        assert status == -signal.SIGKILL
    raise AssertionError("no try made progress")


def back(bench, source, start, end, **arguments):
    return backfill(
        source,
        start=start,
        end=end,
        settings=bench.settings,
        clock=bench.time.clock,
        environment=ENVIRONMENT,
        **arguments,
    )


def undisturbed(bench, tmp_path, run):
    """The rows that ``run`` lands in an empty folder."""
    other = bench_in(tmp_path / "undisturbed", bench.lrs)
    run(other)
    return other.rows(), other.rows("batches")


def test_a_pull_killed_after_every_page_lands_the_same(nursery, bench, tmp_path):
    bench.lrs.hold(14)
    bench.lrs.now = BEGIN + timedelta(minutes=20)
    source = bench.source(start=BEGIN - HOUR, window_hours=1.1)
    assert tries_until_done(nursery, bench, source, die_at=2) >= 2
    expected = undisturbed(bench, tmp_path, lambda other: other.pull(source))
    assert (bench.rows(), bench.rows("batches")) == expected
    assert len(bench.ids()) == len(set(bench.ids())) == 14


def test_a_pull_killed_while_it_waits_for_a_page_goes_on_at_that_page(nursery, bench, tmp_path):
    bench.lrs.hold(14)
    has_asked, is_dead = threading.Event(), threading.Event()

    async def fault(request, asked):
        if asked == 3 and not is_dead.is_set():
            has_asked.set()
            await request.receive()
            while (await request.receive())["type"] != "http.disconnect":
                pass
            return Response()
        return None

    bench.lrs.fault = fault
    child = begin(nursery, bench, bench.source(), die_at=0)
    assert has_asked.wait(60)
    os.kill(child, signal.SIGKILL)
    assert end_of(nursery) == -signal.SIGKILL
    is_dead.set()
    assert len(bench.ids()) == 8
    before = len(bench.lrs.asked_pages)
    report = bench.pull()
    assert (report.landed_count, report.already_landed_count) == (2, 0)
    assert bench.lrs.asked_pages[before].url.path.startswith("/xapi/more/")
    expected = undisturbed(bench, tmp_path, lambda other: other.pull())
    assert (bench.rows(), bench.rows("batches")) == expected


def test_a_backfill_killed_after_every_other_page_lands_the_same(nursery, bench, tmp_path):
    bench.lrs.hold(24, minutes=60)
    source = bench.source(window_hours=8, page_limit=5)
    start, end = BEGIN - timedelta(seconds=1), BEGIN + 23 * HOUR
    assert tries_until_done(nursery, bench, source, die_at=3, between=(start, end)) >= 2
    expected = undisturbed(bench, tmp_path, lambda other: back(other, source, start, end))
    assert (bench.rows(), bench.rows("batches")) == expected
    assert len(bench.ids()) == len(set(bench.ids())) == 24


def test_a_link_that_lapsed_between_pulls_begins_the_window_again(bench):
    bench.lrs.hold(10)

    async def fault(request, asked):
        return Response(status_code=400) if asked == 3 else None

    bench.lrs.fault = fault
    with pytest.raises(InputError):
        bench.pull()
    bench.lrs.links.clear()
    bench.lrs.fault = None
    report = bench.pull()
    assert (report.already_landed_count, report.landed_count) == (2, 1)
    assert len(bench.ids()) == len(set(bench.ids())) == 10


def test_a_stored_link_that_the_lrs_has_forgotten_begins_the_window_again(bench):
    bench.lrs.hold(10)

    async def fault(request, asked):
        return Response(status_code=503) if asked >= 3 else None

    bench.lrs.fault = fault
    with pytest.raises(InputError, match="6 times in a row"):
        bench.pull()
    bench.lrs.links.clear()
    bench.lrs.fault = None
    report = bench.pull()
    assert (report.already_landed_count, report.landed_count) == (2, 1)
    assert len(bench.ids()) == len(set(bench.ids())) == 10


def test_a_backfill_leaves_the_cursor_alone(bench):
    bench.lrs.hold(10)
    report = back(bench, bench.source(), BEGIN, BEGIN + HOUR)
    assert report.accepted_count == 10  # the one stored at the start is among them
    assert report.pulled_until is None
    assert bench.pull().accepted_count == 10


def test_a_finished_backfill_asked_for_again_lands_only_what_has_changed(bench):
    bench.lrs.hold(8, minutes=60)
    source, start, end = bench.source(window_hours=4), BEGIN - HOUR, BEGIN + 8 * HOUR
    back(bench, source, start, end)
    bench.lrs.hold(1, begin=BEGIN + 7.5 * HOUR)
    report = back(bench, source, start, end)
    assert (report.already_landed_count, report.landed_count) == (2, 1)
    assert len(set(bench.ids())) == 9


def test_a_backfill_stops_where_the_lrs_is_not_yet_consistent(bench):
    bench.lrs.hold(10)
    bench.lrs.consistent_through = BEGIN + timedelta(minutes=4)
    report = back(bench, bench.source(), BEGIN - HOUR, BEGIN + HOUR)
    assert report.accepted_count == 5
    assert "ended there" in report.remarks[0]


def test_a_backfill_that_was_stopped_goes_on_beyond_what_was_consistent_then(bench):
    bench.lrs.hold(10)
    bench.lrs.consistent_through = BEGIN + timedelta(minutes=6)

    async def fault(request, asked):
        return Response(status_code=404) if asked == 2 else None

    bench.lrs.fault = fault
    with pytest.raises(InputError):
        back(bench, bench.source(), BEGIN - HOUR, BEGIN + HOUR)
    bench.lrs.fault = bench.lrs.consistent_through = None
    back(bench, bench.source(), BEGIN - HOUR, BEGIN + HOUR)
    assert len(bench.ids()) == len(set(bench.ids())) == 10


def test_a_backfill_without_time_is_refused(bench):
    with pytest.raises(InputError, match="holds no time"):
        back(bench, bench.source(), BEGIN, BEGIN)


def test_the_cursor_never_goes_back(tmp_path):
    with open_cursors(tmp_path, source_name="academy", scope="all") as cursors:
        for until in (BEGIN + HOUR, BEGIN):
            cursors.plan("pull", [(None, until)])
            cursors.finish("pull", cursors.unfinished("pull")[0], moves_cursor=True)
    with open_cursors(tmp_path, source_name="academy", scope="all") as cursors:
        assert cursors.pulled_until() == BEGIN + HOUR
        assert cursors.unfinished("pull") == []


def test_windows_meet_without_gap_or_overlap():
    windows = split(BEGIN, BEGIN + timedelta(hours=50, microseconds=1700), hours=24)
    assert len(windows) == 3
    assert all(left.until == right.since for left, right in itertools.pairwise(windows))
    assert windows[-1].until == BEGIN + timedelta(hours=50, milliseconds=1)
    assert split(BEGIN, BEGIN, hours=1) == []
