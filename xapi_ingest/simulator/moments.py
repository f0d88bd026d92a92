"""Instants, zones and ids as arrays, and their texts.

Put here what turns whole arrays of numbers into times and identifiers. An instant is a count of
milliseconds since 1970 in UTC (int64) until it is written.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

SECOND: Final = 1000
MINUTE: Final = 60 * SECOND
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR
WEEK: Final = 7 * DAY
EPOCH: Final = date(1970, 1, 1)

_MIX: Final = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


def milliseconds(day: date) -> int:
    """The instant at which ``day`` begins in UTC."""
    return (day - EPOCH).days * DAY


class Clock:
    """The simulated weeks and the offsets of the zones in them.

    Args:
        start: The Monday of the first week.
        weeks: Number of weeks.
        zones: IANA names; people refer to a zone by its place in this list.
    """

    def __init__(self, start: date, weeks: int, zones: Sequence[str]) -> None:
        self.start = start
        self.weeks = weeks
        self.start_ms = milliseconds(start)
        self._first_ms = self.start_ms - WEEK
        hours = range((weeks + 2) * 7 * 24)
        base = datetime.fromtimestamp(self._first_ms / 1000, UTC)
        instants = [base + timedelta(hours=hour) for hour in hours]
        self._offsets = np.array(
            [[_offset(at, ZoneInfo(zone)) for at in instants] for zone in zones]
        )

    def monday(self, week: int) -> date:
        """The first day of a week."""
        return self.start + timedelta(weeks=week)

    def offset(self, at: Ints, zone: Ints) -> Ints:
        """How far local time is ahead of UTC."""
        hours = np.clip((at - self._first_ms) // HOUR, 0, self._offsets.shape[1] - 1)
        found: Ints = self._offsets[zone, hours]
        return found

    def from_local(self, local: Ints, zone: Ints) -> Ints:
        """The instant of a local time of day (an hour out in the hour of a clock change)."""
        return local - self.offset(local, zone)

    def local_week(self, at: Ints, zone: Ints) -> Ints:
        """The simulated week in which an instant falls where the person is."""
        return (at + self.offset(at, zone) - self.start_ms) // WEEK


def _offset(at: datetime, zone: ZoneInfo) -> int:
    offset = at.astimezone(zone).utcoffset()
    return round(offset.total_seconds() * SECOND) if offset is not None else 0


def time_texts(at: Ints) -> list[str]:
    """RFC 3339 texts in UTC, to the millisecond."""
    texts: list[str] = np.datetime_as_string(at.astype("datetime64[ms]"), timezone="UTC").tolist()
    return texts


def random_ids(rng: np.random.Generator, count: int) -> list[str]:
    """UUIDs of version 4."""
    return _uuid_texts(rng.integers(0, 2**64, size=(2, count), dtype=np.uint64))


def keyed_ids(seed: int, first: Ints, second: Ints) -> list[str]:
    """UUIDs that are the same whenever the same two numbers meet, as a registration is."""
    key = (first.astype(np.uint64) << np.uint64(24)) + second.astype(np.uint64)
    key += np.uint64(seed * 0x9E3779B97F4A7C15 % 2**64)
    words = np.stack([_mixed(key + np.uint64(1)), _mixed(key ^ np.uint64(0x5DEECE66D))])
    return _uuid_texts(words)


def _mixed(key: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """The finaliser of SplitMix64: near keys come out far apart."""
    key = (key ^ (key >> np.uint64(30))) * _MIX[0]
    key = (key ^ (key >> np.uint64(27))) * _MIX[1]
    return key ^ (key >> np.uint64(31))


def _uuid_texts(words: npt.NDArray[Any]) -> list[str]:
    text = np.ascontiguousarray(words.T.astype(">u8")).tobytes().hex()
    return [
        f"{text[i : i + 8]}-{text[i + 8 : i + 12]}-4{text[i + 13 : i + 16]}"
        f"-a{text[i + 17 : i + 20]}-{text[i + 20 : i + 32]}"
        for i in range(0, len(text), 32)
    ]
