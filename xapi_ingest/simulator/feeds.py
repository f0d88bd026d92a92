"""When the sources are heard: an outage, and a feed that begins while the company is being watched.

In a company that is watched for less than a year there is neither.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from xapi_ingest.simulator.arguments import Arguments
from xapi_ingest.simulator.moments import WEEK, Bools, Clock, Ints

LEAST_WEEKS: Final = 52
OUTAGE: Final = ("video", 0.55, 3)  # source, where in the period, weeks
LAUNCH: Final = ("lab", 0.40)


@dataclass(frozen=True)
class Feeds:
    """The weeks in which something is not heard; a launch at 0 is one before the period."""

    outage_first: int
    outage_weeks: int
    launch: int

    def is_logged(self, source: str, at: Ints, clock: Clock) -> Bools:
        """Whether the source has a record of what happened at these instants."""
        if not self.launch or source != LAUNCH[0]:
            return np.ones(len(at), dtype=np.bool_)
        found: Bools = at >= clock.start_ms + self.launch * WEEK
        return found

    def is_delivered(self, source: str, at: Ints, clock: Clock) -> Bools:
        """Whether what it has of these instants ever comes."""
        first = clock.start_ms + self.outage_first * WEEK
        lost = (at >= first) & (at < first + self.outage_weeks * WEEK)
        return ~lost if source == OUTAGE[0] else np.ones(len(at), dtype=np.bool_)

    def next_heard(self, source: str, week: int) -> int:
        """The first week from ``week`` on in which the source delivers."""
        end = self.outage_first + self.outage_weeks
        return end if source == OUTAGE[0] and self.outage_first <= week < end else week

    def as_dict(self, clock: Clock) -> dict[str, Any]:
        """Outages and launches, as the truth tells them."""
        outages, launches = [], []
        if self.outage_weeks:
            outages.append({
                "source": OUTAGE[0],
                "first_date": str(clock.monday(self.outage_first)),
                "weeks": self.outage_weeks,
            })  # fmt: skip
        if self.launch:
            launches.append({"source": LAUNCH[0], "date": str(clock.monday(self.launch))})
        return {"outages": outages, "launches": launches}


def plan_feeds(arguments: Arguments) -> Feeds:
    """The outage and the launch of a period."""
    weeks = arguments.weeks
    if weeks < LEAST_WEEKS:
        return Feeds(0, 0, 0)
    return Feeds(round(OUTAGE[1] * weeks), OUTAGE[2], round(LAUNCH[1] * weeks))
