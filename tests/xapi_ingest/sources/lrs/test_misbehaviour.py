"""An LRS that misbehaves ends in a clear line, and nothing is lost or doubled."""

import json
from datetime import timedelta

import pytest
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)

from tests.xapi_ingest.sources.lrs.small_lrs import BEGIN, statement
from xapi_ingest.errors import InputError

PAGE = {"statements": [statement(1, BEGIN), statement(2, BEGIN)], "more": ""}


def on_page(number, misdeed, *, times=1):
    """Put ``misdeed`` in the place of page ``number`` the first ``times`` times."""
    left = [times]

    async def fault(request, asked):
        is_page = request.query_params.get("limit") != "1"
        if is_page and asked >= number and left[0]:
            left[0] -= 1
            return misdeed if isinstance(misdeed, Response) else misdeed()
        return None

    return fault


def dying():
    """Promises a page, sends half of it and hangs up."""
    body = json.dumps(PAGE).encode()

    async def half():
        yield body[:200]
        raise ConnectionAbortedError

    headers = {"Content-Length": str(len(body)), "Content-Type": "application/json"}
    return StreamingResponse(half(), headers=headers)


def truncated():
    return Response(json.dumps(PAGE)[:-40], media_type="application/json")


def truncated_between_statements():
    return Response(json.dumps(PAGE["statements"])[:-1].replace("[", '{"statements":[', 1))


PASSING = {
    "dies mid-page": dying,
    "truncated": truncated,
    "truncated between statements": truncated_between_statements,
    "empty": lambda: Response(b"", media_type="application/json"),
    "429": lambda: Response(status_code=429, headers={"Retry-After": "7"}),
    "503": lambda: Response(status_code=503),
    "500 with HTML": lambda: HTMLResponse("<h1>oops</h1>", 500),
    "damaged gzip": lambda: Response(
        b"no gzip", headers={"Content-Encoding": "gzip", "Content-Type": "application/json"}
    ),
}


@pytest.mark.parametrize("misdeed", PASSING.values(), ids=PASSING)
@pytest.mark.parametrize("number", [1, 2])
def test_trouble_that_passes_costs_a_wait_and_no_statement(bench, misdeed, number):
    bench.lrs.hold(10)
    bench.lrs.fault = on_page(number, misdeed, times=2)
    report = bench.pull()
    assert (report.accepted_count, report.rejected_count) == (10, 0)
    assert len(bench.ids()) == len(set(bench.ids())) == 10
    assert len(bench.time.waits) == 2


@pytest.mark.parametrize("misdeed", PASSING.values(), ids=PASSING)
def test_trouble_that_stays_ends_the_pull_and_the_next_one_goes_on(bench, misdeed):
    bench.lrs.hold(10)
    bench.lrs.fault = on_page(2, misdeed, times=1000)
    with pytest.raises(InputError, match=r"Source 'academy': .*6 times in a row"):
        bench.pull()
    assert len(bench.time.waits) == 5
    assert len(bench.ids()) == 4
    bench.lrs.fault = None
    report = bench.pull()
    assert (report.accepted_count, report.already_landed_count) == (6, 0)
    assert len(bench.ids()) == len(set(bench.ids())) == 10


def test_back_off_grows_and_is_not_the_same_for_everyone(bench):
    bench.lrs.fault = on_page(1, PASSING["503"], times=5)
    bench.pull()
    waits = bench.time.waits
    assert all(2**n <= wait <= 2**n + 1 for n, wait in enumerate(waits))
    assert len({wait % 1 for wait in waits}) > 1


@pytest.mark.parametrize("how", ["seconds", "date"])
def test_retry_after_is_kept_to(bench, how):
    when = (bench.lrs.now + timedelta(seconds=90)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    value = {"seconds": "90", "date": when}[how]
    bench.lrs.hold(1)
    bench.lrs.fault = on_page(1, Response(status_code=429, headers={"Retry-After": value}))
    bench.pull()
    assert bench.time.waits == [90]


def test_an_lrs_that_asks_to_wait_for_hours_ends_the_pull(bench):
    answer = Response(status_code=503, headers={"Retry-After": "7200"})
    bench.lrs.fault = on_page(1, answer, times=1000)
    with pytest.raises(InputError, match="HTTP 503, and asks to wait 2:00:00"):
        bench.pull()
    assert bench.time.waits == []


def test_an_lrs_that_falls_silent_is_given_up(bench):
    async def silence(request, asked):
        await request.receive()
        while (await request.receive())["type"] != "http.disconnect":
            pass
        return Response()

    bench.lrs.fault = silence
    with pytest.raises(InputError, match="it fell silent, 6 times in a row"):
        bench.pull(bench.source(timeout_seconds=0.05))


def test_an_lrs_that_is_not_there_is_given_up(bench):
    with pytest.raises(InputError, match="no connection, 6 times in a row"):
        bench.pull(bench.source(endpoint="http://127.0.0.1:9/xapi"))


FINAL = {
    "HTML": (HTMLResponse("<html><body>Log in</body></html>"), "answers with a web page"),
    "HTML called JSON": (
        Response("<!doctype html>", media_type="application/json"),
        "answers with a web page",
    ),
    "no StatementResult": (JSONResponse({"things": []}), "is no StatementResult"),
    "a list": (JSONResponse([]), "is no StatementResult"),
    "one statement": (JSONResponse(statement(1, BEGIN)), "is no StatementResult"),
    "nested too deep": (
        Response(b'{"statements":[],"more":' + b"[" * 100_000, media_type="application/json"),
        "StatementResult|cut off",
    ),
    "another host": (
        JSONResponse({"statements": [], "more": "https://evil.example/more"}),
        "leads to another origin, https://evil.example; it is not followed",
    ),
    "another port": (
        JSONResponse({"statements": [], "more": "//127.0.0.1:1/more"}),
        "leads to another origin, http://127.0.0.1:1",
    ),
    "another scheme": (
        JSONResponse({"statements": [], "more": "file:///etc/passwd"}),
        "leads to another origin, file://",
    ),
    "no address": (JSONResponse({"statements": [], "more": "http://[::1"}), "is no address"),
    "redirect": (
        RedirectResponse("https://elsewhere.example/xapi/statements?agent=ann"),
        "redirects to https://elsewhere.example/xapi/statements. ",
    ),
    "404": (Response(status_code=404), "HTTP 404"),
}


@pytest.mark.parametrize(("misdeed", "says"), FINAL.values(), ids=FINAL)
def test_what_will_not_pass_is_said_at_once(bench, misdeed, says):
    bench.lrs.hold(3)
    bench.lrs.fault = on_page(1, misdeed, times=1000)
    with pytest.raises(InputError, match=says) as caught:
        bench.pull()
    assert "'academy'" in str(caught.value)
    assert "ann" not in str(caught.value)
    assert bench.rows() == []
    bench.lrs.fault = None
    assert bench.pull().accepted_count == 3


def test_the_version_that_the_lrs_speaks_is_named(bench):
    bench.lrs.version = "2.0.0"
    with pytest.raises(InputError, match=r"HTTP 400 \(it speaks xAPI 2.0.0\)"):
        bench.pull()


def test_a_page_beyond_the_limit_is_refused_before_it_is_held(bench):
    bench.lrs.hold(1)
    bench.lrs.add(BEGIN, json.dumps(statement(5, BEGIN, result={"response": "x" * 9000})).encode())
    with pytest.raises(InputError, match="a page is longer than 4,096 bytes"):
        bench.pull(bench.source(page_bytes=4096))


def circle(bench, make_link):
    """Every page leads on, and pages 1 to 3 come round and round."""

    async def fault(request, asked):
        if request.query_params.get("limit") == "1":
            return None
        number = (asked - 1) % 3
        held = [json.loads(raw) for _, raw in bench.lrs.statements[number * 2 : number * 2 + 2]]
        return JSONResponse({"statements": held, "more": make_link(asked)})

    return fault


@pytest.mark.parametrize(
    "make_link",
    [lambda n: f"/xapi/more/{n % 3}", lambda n: f"/xapi/more/{n}", lambda n: "?page=same"],
    ids=["same links", "new links", "one link"],
)
def test_links_in_a_circle_are_left_and_nothing_is_doubled(bench, make_link):
    bench.lrs.hold(6)
    bench.lrs.fault = circle(bench, make_link)
    with pytest.raises(InputError, match="go in a circle"):
        bench.pull()
    assert len(bench.lrs.asked_pages) <= 4
    assert len(bench.ids()) == len(set(bench.ids()))
    bench.lrs.fault = None
    report = bench.pull()
    assert report.pulled_until == bench.lrs.now
    assert len(set(bench.ids())) == 6


def test_empty_pages_without_an_end_are_left(bench):
    async def fault(request, asked):
        return JSONResponse({"statements": [], "more": f"/xapi/more/{asked}"})

    bench.lrs.fault = fault
    with pytest.raises(InputError, match="go in a circle"):
        bench.pull()


def test_a_link_that_the_lrs_forgot_at_once_ends_the_pull(bench):
    bench.lrs.hold(10)
    bench.lrs.fault = on_page(2, Response(status_code=404))
    with pytest.raises(InputError, match="does not know its own `more` link"):
        bench.pull()
    report = bench.pull()
    assert (report.accepted_count, report.already_landed_count) == (6, 1)
    assert len(bench.ids()) == len(set(bench.ids())) == 10


@pytest.mark.parametrize("more", [None, ""])
def test_no_more_may_be_said_in_any_way(bench, more):
    bench.lrs.fault = on_page(1, JSONResponse(PAGE | {"more": more}))
    assert bench.pull().accepted_count == 2


@pytest.mark.parametrize("ahead_hours", [-5, 5])
def test_a_wrong_clock_here_skips_nothing(bench, ahead_hours):
    bench.lrs.hold(10)
    bench.lrs.now = BEGIN + timedelta(minutes=4)
    bench.lrs.says_consistent = ahead_hours < 0
    bench.time.ahead = timedelta(hours=ahead_hours)
    source = bench.source(lag_seconds=0)
    report = bench.pull(source)
    assert any("clock is 5.0 hours" in remark for remark in report.remarks)
    bench.time.ahead = timedelta(0)
    bench.lrs.now = BEGIN + timedelta(hours=1)
    bench.pull(source)
    assert len(bench.ids()) == len(set(bench.ids())) == 10


def test_an_lrs_whose_clock_was_in_the_future_does_not_carry_the_cursor_there(bench):
    bench.lrs.hold(3)
    true_now, ahead = bench.lrs.now, timedelta(days=365 * 70)
    bench.lrs.now, bench.time.ahead = true_now + ahead, -ahead
    report = bench.pull(bench.source(lag_seconds=0))
    assert report.pulled_until == true_now
    bench.lrs.hold(4, begin=true_now + timedelta(minutes=1))
    bench.lrs.now, bench.time.ahead = true_now + timedelta(hours=1), timedelta(0)
    bench.pull(bench.source(lag_seconds=0))
    assert len(bench.ids()) == len(set(bench.ids())) == 7


def test_statements_stored_in_the_future_are_announced_and_come_in_time(bench):
    bench.lrs.hold(1)
    future = bench.lrs.now + timedelta(days=30)
    bench.lrs.hold(1, begin=future)
    report = bench.pull()
    assert report.accepted_count == 1
    assert "`stored` in the future" in report.remarks[0]
    bench.lrs.now = future + timedelta(days=1)
    bench.pull()
    assert len(set(bench.ids())) == 2


def test_an_lrs_that_says_nothing_about_consistency_is_followed_at_a_distance(bench):
    bench.lrs.hold(10)
    bench.lrs.says_consistent = False
    bench.lrs.now = BEGIN + timedelta(minutes=9)
    report = bench.pull(bench.source(lag_seconds=180))
    assert report.pulled_until == BEGIN + timedelta(minutes=6)
    assert report.accepted_count == 7


@pytest.mark.parametrize("through", ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "soon"])
def test_a_senseless_consistent_through_loses_nothing(bench, through):
    bench.lrs.hold(10)
    bench.lrs.consistent_text = through
    bench.pull()
    bench.lrs.consistent_text = None
    bench.pull()
    assert len(set(bench.ids())) == 10


def test_an_lrs_that_went_back_in_time_is_told_from_one_with_nothing_new(bench):
    bench.lrs.hold(1)
    bench.pull()
    bench.lrs.consistent_through = BEGIN
    report = bench.pull()
    assert "nothing to do" in report.remarks[0]
    assert report.page_count == 0
