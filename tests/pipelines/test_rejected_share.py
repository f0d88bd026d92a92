"""A source whose share of rejected items jumps is named with its rule; chance and few are not."""

import json

import pytest

from pipelines.lib.rejected_share import (
    RuleShare,
    SourceShare,
    has_jumped,
    outcome,
    shares,
    wilson,
)
from xapi_ingest.landing import one_file as ingesting
from xapi_ingest.landing.ingest import ingest_paths
from xapi_ingest.landing.quarantine import Chosen
from xapi_ingest.landing.replay import replay
from xapi_ingest.landing.resolutions import Decision
from xapi_ingest.settings import Settings

GOOD = {
    "actor": {"mbox": "mailto:ann@example.org"},
    "verb": {"id": "http://example.org/verbs/read"},
    "object": {"id": "http://example.org/pages/1"},
}


@pytest.fixture
def delivered(settings, tmp_path, monkeypatch):
    """Lands one export of a source as if on that day, with so many statements good and bad."""

    def land(day: str, good: int, **bad: int) -> None:
        rows = [GOOD | {"timestamp": f"2026-01-01T00:00:{n % 60:02}Z"} for n in range(good)]
        rows += [{**GOOD, "timestamp": "yesterday"}] * bad.get("time", 0)
        rows += [{**GOOD, "actor": {}}] * bad.get("actor", 0)
        rows += [{**GOOD, "result": {"response": "x" * 3_000}}] * bad.get("long", 0)
        path = tmp_path / f"{day}.json"
        path.write_text(json.dumps(rows))
        monkeypatch.setattr(ingesting, "present_instant", lambda: instant(day))
        limited = Settings(home=settings.home, max_statement_bytes=2_000)
        ingest_paths([path], settings=limited, source="lms")

    return land


def instant(day):
    from datetime import datetime  # noqa: PLC0415

    return datetime.fromisoformat(f"{day}T01:00:00")


def test_the_interval_is_that_of_the_textbook():
    # Newcombe (1998), Statistics in Medicine 17, table I: 81 of 263 and 0 of 20
    assert [round(bound, 4) for bound in wilson(81, 263)] == [0.2553, 0.3662]
    assert [round(bound, 4) for bound in wilson(0, 20)] == [0.0, 0.1611]


def test_a_jump_is_named_with_source_rule_shares_and_numbers(settings, delivered):
    delivered("2026-09-01", 400, actor=2)
    delivered("2026-09-02", 398)
    delivered("2026-09-20", 80, time=18, actor=2)
    found = outcome(shares(settings), settings)
    assert (found.status, found.severity, found.failures) == ("warned", "warn", 1)
    assert found.message.startswith(
        "lms: 20 of 100 (20.0%) rejected on 2026-09-20, before 2 of 800 (0.2%) in 28 days; most of "
        "the rise by timestamp_is_iso_8601 (18 of 100 (18.0%), before 0 of 800 (0.0%))."
    )
    assert "yesterday" not in found.message
    assert "at least 50 items then and now, a rise of at least 1.0%" in found.message


def test_history_beyond_the_window_and_other_days_are_not_held_against_a_source(
    settings, delivered
):
    delivered("2026-01-01", 400)
    delivered("2026-09-20", 80, time=20)
    assert outcome(shares(settings), settings).status == "passed", "no history to compare with"
    delivered("2026-09-21", 100)
    assert outcome(shares(settings), settings).status == "passed", "the newest day is well"


def test_what_was_replayed_since_ends_the_warning(settings, delivered):
    delivered("2026-09-01", 800)
    delivered("2026-09-20", 60, long=20)
    assert outcome(shares(settings), settings).status == "warned"
    assert replay(Chosen(), Decision("raised", "ann"), settings=settings).replayed_count == 20
    assert outcome(shares(settings), settings).status == "passed"


@pytest.mark.parametrize(
    ("newest", "earlier", "is_jump"),
    [
        ((20, 100), (2, 800), True),
        ((20, 100), (160, 800), False),  # as always
        ((3, 100), (8, 800), False),  # 3 % after 1 %: chance, the intervals overlap
        ((300, 10_000), (100, 10_000), True),  # the same shares, now beyond chance
        ((15_000, 1_000_000), (10_000, 1_000_000), False),  # beyond chance, half a point
        ((49, 49), (0, 800), False),  # too few to say
        ((50, 50), (0, 49), False),
        ((50, 50), (0, 50), True),
        ((0, 100), (50, 100), False),  # a fall
    ],
)
def test_a_jump_is_beyond_chance_worth_a_look_and_of_enough_items(
    settings, newest, earlier, is_jump
):
    share = SourceShare(
        source_name="lms",
        newest_date="2026-09-20",
        newest_read=newest[1],
        earlier_read=earlier[1],
        rules=[RuleShare(rule_id="r", newest_count=newest[0], earlier_count=earlier[0])],
    )
    assert has_jumped(share, settings) is is_jump
