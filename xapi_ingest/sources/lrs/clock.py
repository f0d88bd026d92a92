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


def floored(instant: datetime) -> datetime:
    """``instant`` in whole milliseconds, which is what every LRS compares."""
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


def text_from_instant(instant: datetime) -> str:
    """``instant`` in RFC 3339, UTC, milliseconds."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def instant_from_iso(text: str | None) -> datetime | None:
    """The instant that an ISO 8601 text names (without a zone: UTC); None if it names none."""
    try:
        instant = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)


def instant_from_http(text: str | None) -> datetime | None:
    """The instant of an HTTP date (RFC 9110, 5.6.7); None if it is none."""
    try:
        instant = parsedate_to_datetime(text or "")
    except ValueError:
        return None
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)


def seconds_from_retry_after(text: str | None, clock: Clock) -> float | None:
    """Seconds that ``Retry-After`` asks for: a number or an HTTP date (RFC 9110, 10.2.3)."""
    if not text:
        return None
    if text.strip().isdecimal():
        return float(text)
    until = instant_from_http(text)
    return None if until is None else max(0.0, (until - clock.now()).total_seconds())
