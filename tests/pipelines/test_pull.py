"""``tilth pull`` and the night's pull: every source in turn, and one that fails stops no other."""

import json
import socket
from datetime import UTC, datetime, timedelta

import pytest

from pipelines.lib.history import runs
from pipelines.lib.night import open_night
from pipelines.lib.pulling import instant_from_text, pull_configured
from tests.xapi_ingest.sources.lrs.small_lrs import BEGIN, PASSWORD, USER, Server, SmallLrs
from xapi_ingest.errors import InputError
from xapi_ingest.settings import Settings
from xapi_ingest.sources.lrs.clock import Clock

TABLE = """
[sources.{name}]
kind = "lrs"
endpoint = "{endpoint}"
user_env = "{user}"
password_env = "LRS_PASSWORD"
requests_per_second = 1000000
page_limit = 4
"""


@pytest.fixture(scope="module")
def server():
    server = Server()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def lrs(server, settings, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LRS_USER", USER)
    monkeypatch.setenv("LRS_PASSWORD", PASSWORD)
    server.lrs = SmallLrs(port=server.port)
    server.lrs.hold(10)
    return server.lrs


@pytest.fixture
def describe(lrs, tmp_path):
    """Describe sources in ``tilth.toml``, each with the variable that holds its user."""

    def write(**users):
        tables = [
            TABLE.format(name=name, endpoint=lrs.endpoint, user=user)
            for name, user in users.items()
        ]
        (tmp_path / "tilth.toml").write_text("".join(tables))

    return write


def test_a_pull_lands_what_the_lrs_holds_and_says_so_in_a_line(tilth, describe):
    describe(academy="LRS_USER")
    code, said, problems = tilth("pull")
    assert code == 0
    assert "academy: the LRS's clock is" in problems  # a remark: this LRS lives in March
    assert "refused" not in problems
    assert "academy · 10 read · 10 accepted · 0 rejected · 3 pages" in said
    assert "complete up to 2026-03-03 08:00 UTC" in said
    code, said, _ = tilth("pull")
    assert code == 0
    assert "academy · 0 read" in said


def test_without_a_source_it_says_how_to_describe_one(tilth, settings):
    code, _, said = tilth("pull")
    assert code == 2
    assert "docs/howto/pull-from-an-lrs.md" in said
    assert not settings.root.exists()


def test_a_source_of_another_name_is_not_guessed(tilth, describe):
    describe(academy="LRS_USER")
    code, _, said = tilth("pull", "akademy")
    assert code == 2
    assert "tilth.toml describes: academy" in said


def test_one_source_that_fails_stops_no_other(tilth, describe):
    describe(academy="NOT_SET", video="LRS_USER")
    code, said, problems = tilth("pull", "--json")
    academy, video = json.loads(said)["sources"]
    assert code == 1
    assert "NOT_SET" in academy["failure"]
    assert (video["failure"], video["accepted_count"]) == (None, 10)
    code, said, problems = tilth("pull", "academy")
    assert code == 1
    assert "NOT_SET" in problems
    assert "ended early" in said
    assert PASSWORD not in said + problems


def test_what_is_rejected_is_named_and_the_rest_lands(tilth, describe, lrs):
    describe(academy="LRS_USER")
    lrs.add(BEGIN, b'{"actor": {}}')
    code, said, problems = tilth("pull")
    assert code == 1
    assert "11 read · 10 accepted · 1 rejected" in said
    assert "academy: page 1" in problems


def test_until_bounds_the_pull_and_a_date_includes_its_day(tilth, describe, lrs):
    describe(academy="LRS_USER")
    lrs.hold(5, begin=BEGIN + timedelta(hours=20))  # the next day
    code, said, _ = tilth("pull", "--until", "2026-03-02", "--json")
    assert code == 0
    assert json.loads(said)["sources"][0]["accepted_count"] == 10


def test_a_backfill_fetches_a_stretch_and_leaves_the_cursor(tilth, describe):
    describe(academy="LRS_USER")
    stretch = ("--backfill-from", "2026-03-02T08:00:00Z", "--backfill-to", "2026-03-02T08:03:00Z")
    code, said, _ = tilth("pull", *stretch, "--json")
    [academy] = json.loads(said)["sources"]
    assert code == 0
    assert (academy["accepted_count"], academy["pulled_until"]) == (4, None)


@pytest.mark.parametrize(
    "options",
    [
        ("--until", "soon"),
        ("--backfill-from", "2026-03-02"),
        ("--backfill-from", "2026-03-03", "--backfill-to", "2026-03-01"),
        ("--backfill-from", "2026-03-01", "--backfill-to", "2026-03-02", "--until", "2026-03-02"),
    ],
)
def test_what_means_no_stretch_of_time_asks_the_lrs_nothing(tilth, describe, lrs, options):
    describe(academy="LRS_USER")
    code, _, said = tilth("pull", *options)
    assert code == 2
    assert "Error" in said
    assert not lrs.asked


def test_a_date_is_a_whole_day_in_utc():
    assert instant_from_text("2026-03-02", is_end=False) == datetime(2026, 3, 2, tzinfo=UTC)
    assert instant_from_text("2026-03-02", is_end=True) == datetime(2026, 3, 3, tzinfo=UTC)
    assert instant_from_text("2026-03-02T10:00:00+02:00", is_end=True).hour == 8
    with pytest.raises(InputError):
        instant_from_text("9999-12-31", is_end=True)


def lrs_table(endpoint: str, user: str = "LRS_USER") -> dict:
    return {
        "kind": "lrs",
        "endpoint": endpoint,
        "user_env": user,
        "password_env": "LRS_PASSWORD",
        "requests_per_second": 1_000_000,
    }


def test_an_lrs_that_cannot_be_reached_is_named_and_the_others_are_pulled(settings, lrs):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        nobody = f"http://127.0.0.1:{closed.getsockname()[1]}/xapi"
    sources = {
        "absent": lrs_table(nobody),
        "present": lrs_table(lrs.endpoint),
        "strange": {"kind": "?"},
    }
    waits: list[float] = []
    clock = Clock(now=lambda: lrs.now, monotonic=lambda: sum(waits), sleep=waits.append)
    settings = Settings(home=settings.home, sources=sources)
    absent, present, strange = pull_configured(settings, clock=clock)
    assert "Source 'absent'" in absent.failure
    assert "no connection" in absent.failure
    assert (present.failure, present.report.accepted_count) == (None, 10)
    assert "[sources.strange]" in strange.failure


def test_the_night_pulls_after_the_inbox_and_goes_on_past_a_source_that_fails(settings, lrs):
    inbox = settings.inbox / "lms"
    inbox.mkdir(parents=True)
    (inbox / "one.ndjson").write_bytes(lrs.statements[0][1])
    lrs.add(BEGIN, b'{"actor": {}}')
    sources = {
        "academy": lrs_table(lrs.endpoint, user="NOT_SET"),
        "video": lrs_table(lrs.endpoint),
    }
    settings = Settings(home=settings.home, sources=sources, inbox_settle_seconds=0)
    with open_night(settings, "night-1") as night:
        rows = night.land(None)
    [run] = runs(settings)
    assert rows["statements"] == 1 + 10
    assert run.rejected_new == 1
    failed, rejected = run.refusals
    assert "NOT_SET" in failed
    assert rejected.startswith("video: page 1")
    assert not run.failures
