"""Stretches of ``stored`` time, each pulled, and resumed, as a whole.

``since`` is exclusive and ``until`` inclusive, as in the protocol (part three, 2.1.3), so windows
that follow each other share a bound and no statement.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import msgspec

from xapi_ingest.sources.lrs.clock import floored, instant_from_iso, text_from_instant
from xapi_ingest.sources.lrs.exchange import Answer

_TOLERATED_SKEW: Final = timedelta(minutes=5)
_TOLERATED_DELAY: Final = timedelta(days=1)


class _Stored(msgspec.Struct):
    stored: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time in which statements were stored.

    Attributes:
        since: Exclusive; None: from the oldest statement on.
        until: Inclusive.
    """

    since: datetime | None
    until: datetime

    def parameters(self) -> dict[str, str]:
        """The window as parameters of the request."""
        since = {"since": text_from_instant(self.since)} if self.since else {}
        return since | {"until": text_from_instant(self.until)}

    def __str__(self) -> str:
        since = text_from_instant(self.since) if self.since else "the beginning"
        return f"{since} to {text_from_instant(self.until)}"


def split(since: datetime | None, until: datetime, *, hours: float) -> list[Window]:
    """Windows of at most ``hours`` from ``since`` to ``until``; none if there is no time between.

    Without ``since`` there is one window: nobody knows where the history begins.
    """
    until = floored(until)
    if since is None:
        return [Window(None, until)]
    since = floored(since)
    step = max(timedelta(hours=hours), timedelta(milliseconds=1))
    windows = []
    while since < until:
        end = min(floored(since + step), until)
        windows.append(Window(since, end))
        since = end
    return windows


def before(instant: datetime, seconds: float = 0.001) -> datetime:
    """``seconds`` before ``instant``, as a ``since`` that leaves ``instant`` itself in."""
    try:
        return instant - timedelta(seconds=seconds)
    except OverflowError:
        return datetime.min.replace(tzinfo=UTC)


def horizon(newest: Answer, *, now: datetime, lag_seconds: float) -> tuple[datetime, list[str]]:
    """How far a pull may go without skipping what the LRS does not show yet; with remarks.

    No clock is trusted alone: a cursor that a wrong one had sent into the future would skip
    everything until then.

    Args:
        newest: The answer to a request for the newest statement.
        now: This machine's clock.
        lag_seconds: Stays behind the LRS's clock where the LRS does not say what is consistent.
    """
    remarks = []
    theirs = newest.answered_at or now
    if abs(theirs - now) > _TOLERATED_SKEW:
        ahead = "ahead of" if theirs > now else "behind"
        hours = abs(theirs - now).total_seconds() / 3600
        remarks.append(f"the LRS's clock is {hours:,.1f} hours {ahead} this machine's")
    consistent = newest.consistent_through
    if consistent is None:
        consistent = theirs - timedelta(seconds=lag_seconds)
        remarks.append(
            "the LRS does not say X-Experience-API-Consistent-Through; the pull stays "
            f"{lag_seconds:g} seconds behind its clock"
        )
    elif theirs - consistent > _TOLERATED_DELAY:
        remarks.append(f"the LRS is consistent through {text_from_instant(consistent)} only")
    bound = floored(min(consistent, theirs, now))
    stored = [instant_from_iso(_stored(raw)) for raw in newest.page.raws[:1]]
    if stored and stored[0] and stored[0] > max(theirs, now) + _TOLERATED_SKEW:
        remarks.append(
            "the LRS holds statements with `stored` in the future "
            f"({text_from_instant(stored[0])}); they are pulled when that time has come"
        )
    return bound, remarks


def _stored(raw: bytes) -> str:
    try:
        return msgspec.json.decode(raw, type=_Stored).stored
    except msgspec.DecodeError:
        return ""
