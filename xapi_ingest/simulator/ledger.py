"""What the programmes cost and what they truly bring: the ledger, the unit values and the ROI.

Money is in euros of ``PRICE_YEAR``. Costs follow the categories of a fully loaded account
(Phillips): what is booked directly, and the participants' time, which no invoice shows.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from xapi_ingest.simulator.kpis import HISTORY_WEEKS, Kpi, Panel
from xapi_ingest.simulator.moments import Floats
from xapi_ingest.simulator.programmes import NEVER, Rollout

CURRENCY: Final = "EUR"
PRICE_YEAR: Final = 2026
Booking = tuple[str, str, date, float]

HOURLY_COST: Final = 46.0  # of a participant, fully loaded
HOURS_PER_PARTICIPANT: Final = 7.5
LEAD_WEEKS: Final = 8  # from the first work on a programme to its launch

# What one more case in the numerator is worth to the company (D6: what Finance approved); None
# where Finance has no value.
UNIT_VALUES: Final[dict[str, float | None]] = {
    "incidents": -9500.0,
    "absence": -310.0,
    "overtime": -14.0,
    "schedule_kept": 120.0,
    "first_contact": 27.0,
    "plan_accuracy": None,
    "first_pass": 4.2,
    "on_time": 18.0,
}
# category → amount at once before the launch, amount a participant
RATES: Final[dict[str, tuple[float, float]]] = {
    "analysis": (4_000.0, 0.0),
    "design_dev": (26_000.0, 0.0),
    "acquisition": (9_000.0, 12.0),
    "delivery": (1_500.0, 18.0),
    "facilitator": (0.0, 64.0),
    "travel": (0.0, 21.0),
    "technology": (6_000.0, 4.0),
    "support_overhead": (2_500.0, 3.0),
    "evaluation": (5_000.0, 0.0),
}


@dataclass(frozen=True)
class CostLine:
    """One line of the cost ledger."""

    cost_id: str
    programme_id: str
    category: str
    incurred_on: date
    amount: float


@dataclass(frozen=True)
class Account:
    """The truth about a programme's money, to the end of the simulated period.

    Args:
        cost_amount: Fully loaded, participants' time included.
        benefit_amount: What the programme added to KPIs that have a value, harm deducted.
        benefit_by_kpi: The same by KPI; a harmed guardrail is negative.
    """

    programme_id: str
    participants: int
    cost_amount: float
    benefit_amount: float
    benefit_by_kpi: dict[str, float]

    @property
    def roi(self) -> float:
        """Net benefit over cost (Phillips), as a share."""
        return (self.benefit_amount - self.cost_amount) / self.cost_amount


def cost_lines(
    rng: np.random.Generator, rollouts: Sequence[Rollout], *, start: date, weeks: int
) -> list[CostLine]:
    """The ledger: what is spent before each launch, then month by month for who takes part."""
    booked = [
        booking
        for rollout in rollouts
        for booking in _booked(rng, rollout, start=start, weeks=weeks)
    ]
    return [
        CostLine(f"C{number:05d}", programme_id, category, day, round(amount, 2))
        for number, (programme_id, category, day, amount) in enumerate(booked, start=1)
    ]


def _booked(
    rng: np.random.Generator, rollout: Rollout, *, start: date, weeks: int
) -> Iterator[Booking]:
    """What one programme spends at once before its launch, and then for who takes part."""
    programme = rollout.programme
    launch = round(programme.launch_share * weeks)
    drawn = rng.uniform(0.85, 1.2, size=len(RATES))
    for (category, (once, each)), factor in zip(RATES.items(), drawn.tolist(), strict=True):
        if once:
            day = start + timedelta(weeks=launch - int(rng.integers(1, LEAD_WEEKS)))
            yield programme.programme_id, category, day, once * factor
        if each:
            yield from _by_month(rollout, category, each * factor, start)
    yield from _by_month(rollout, "participant_time", HOURS_PER_PARTICIPANT * HOURLY_COST, start)


def _by_month(rollout: Rollout, category: str, each: float, start: date) -> Iterator[Booking]:
    """One booking for those who began in a month, on its last day."""
    begun = rollout.started[rollout.started != NEVER]
    months = Counter(_month_end(start + timedelta(weeks=week)) for week in begun.tolist())
    for end, count in sorted(months.items()):
        yield rollout.programme.programme_id, category, end, each * count


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def accounts(
    rollouts: Sequence[Rollout], lines: Sequence[CostLine], panels: Sequence[Panel]
) -> list[Account]:
    """What each programme truly cost and brought."""
    found = []
    for rollout in rollouts:
        programme_id = rollout.programme.programme_id
        by_kpi = {}
        for panel in panels:
            value = UNIT_VALUES[panel.kpi.kpi_id]
            added = panel.added[programme_id]
            if value is not None and added.any():
                by_kpi[panel.kpi.kpi_id] = round(value * float(_cases(panel, added).sum()), 2)
        cost = sum(line.amount for line in lines if line.programme_id == programme_id)
        found.append(
            Account(
                programme_id,
                int((rollout.started != NEVER).sum()),
                round(cost, 2),
                round(sum(by_kpi.values()), 2),
                by_kpi,
            )
        )
    return found


def _cases(panel: Panel, added: Floats) -> Floats:
    """Cases in the numerator that ``added`` stands for, by team and simulated week."""
    scale = 100.0 if _is_rate(panel.kpi) else 1.0
    found: Floats = (added * panel.denominator / scale)[:, HISTORY_WEEKS:]
    return np.asarray(found)


def _is_rate(kpi: Kpi) -> bool:
    return kpi.unit == "per_100_people"
