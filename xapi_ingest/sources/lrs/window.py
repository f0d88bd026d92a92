"""Stretches of ``stored`` time, each pulled, and resumed, as a whole.

``since`` is exclusive and ``until`` inclusive, as in the protocol (part three, 2.1.3), so windows
that follow each other share a bound and no statement.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from xapi_ingest.sources.lrs.clock import floored, text_from_instant


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
