"""What is kept of parts stays within its bounds and changes no outcome."""

import pytest

from xapi_ingest.statement.kept import Kept


def test_an_outcome_is_made_once_and_kept():
    made = []
    kept = Kept(lambda raw: made.append(raw) or len(raw), most_bytes=10_000)
    assert [kept[b"abc"], kept[b"abc"], kept[b"d"]] == [3, 3, 1]
    assert made == [b"abc", b"d"]


def test_what_is_kept_is_bounded_however_much_comes():
    kept = Kept(len, most_bytes=100_000)
    for number in range(5_000):
        raw = b"%d" % number * 50
        assert kept[raw] == len(raw)
        assert sum(map(len, kept)) <= 50_000
    assert kept[b"x" * 1_000_000] == 1_000_000
    assert b"x" * 1_000_000 not in kept


def test_what_keeps_coming_stays_and_what_came_once_is_given_up():
    made = []
    kept = Kept(lambda raw: made.append(raw) or len(raw), most_bytes=100_000)
    for number in range(5_000):
        assert kept[b"common"] == len(b"common")
        assert kept[b"%d" % number * 50]
    assert made.count(b"common") == 1
    assert kept[b"0" * 50]
    assert made.count(b"0" * 50) == 2


def test_what_raises_is_not_kept():
    kept = Kept(int, most_bytes=10_000)
    for _ in range(2):
        with pytest.raises(ValueError, match="invalid literal"):
            kept[b"x"]
    assert not kept
