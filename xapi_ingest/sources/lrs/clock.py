"""Time as the pull sees it: the hour, the wait, and instants as the protocol writes them."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final


@dataclass(frozen=True, slots=True)
class Clock:
    """Where time comes from and how it passes; a test hands in its own.

    Attributes:
        now: The instant, in UTC.
        monotonic: Seconds of a clock that never goes back.
        sleep: Lets seconds pass.
    """

    now: Callable[[], datetime]
    monotonic: Callable[[], float]
    sleep: Callable[[float], None]


# More than anybody means, and few enough to be a time.
_LONGEST_SECONDS: Final = 1e9

SYSTEM_CLOCK: Final = Clock(
    now=lambda: datetime.now(UTC), monotonic=time.monotonic, sleep=time.sleep
)


class Pacer:
    """Keeps requests at least an interval apart."""

    def __init__(self, per_second: float, clock: Clock) -> None:
        self._interval = 1 / per_second
        self._clock = clock
        self._next = clock.monotonic()

    def wait(self) -> None:
        """Return when the next request may go out."""
        ahead = self._next - self._clock.monotonic()
        if ahead > 0:
            self._clock.sleep(ahead)
        self._next = self._clock.monotonic() + self._interval


def in_utc(instant: datetime) -> datetime:
    """``instant`` in UTC; without a zone it is taken for UTC."""
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)


def floored(instant: datetime) -> datetime:
    """``instant`` in whole milliseconds, which is what every LRS compares."""
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


def text_from_instant(instant: datetime) -> str:
    """``instant`` in RFC 3339, UTC, milliseconds."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def instant_from_iso(text: str | None) -> datetime | None:
    """The instant that an ISO 8601 text names (without a zone: UTC); None if it names none."""
    try:
        return in_utc(datetime.fromisoformat((text or "").strip()))
    except (ValueError, OverflowError):
        return None


def instant_from_http(text: str | None) -> datetime | None:
    """The instant of an HTTP date (RFC 9110, 5.6.7); None if it is none."""
    try:
        return in_utc(parsedate_to_datetime(text or ""))
    except (ValueError, OverflowError):
        return None


def seconds_from_retry_after(text: str | None, clock: Clock) -> float | None:
    """Seconds that ``Retry-After`` asks for: a number or an HTTP date (RFC 9110, 10.2.3)."""
    if not text:
        return None
    if text.strip().isdecimal():
        return min(float(text), _LONGEST_SECONDS)
    until = instant_from_http(text)
    return None if until is None else max(0.0, (until - clock.now()).total_seconds())
