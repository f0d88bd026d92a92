"""The weekly KPI panel by team: what it would have been, and what the programmes added.

A team's KPI is a level of its own, a slow trend, the calendar, a disturbance that fades from week
to week (so that a bad quarter is followed by a better one without any help: regression to the
mean), what the people in the team add by taking part in programmes, and the noise of small
numbers. Shares are drawn as binomial counts and incidents as Poisson counts, so that every value
has a numerator and a denominator.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

from xapi_ingest.simulator.careers import Careers
from xapi_ingest.simulator.moments import Bools, Floats, Ints
from xapi_ingest.simulator.organisation import Org
from xapi_ingest.simulator.population import People
from xapi_ingest.simulator.programmes import Rollout

HISTORY_WEEKS: Final = 156  # 36 months before the first simulated week
FADING: Final = 0.82  # of a team's disturbance that is left a week later
MOTIVATED_TREND: Final = 0.8  # between-team deviations a year by which motivated teams get better


@dataclass(frozen=True)
class Kpi:
    """One KPI.

    Args:
        kpi_id: Its name in the panel.
        name: What people call it.
        unit: ``share``, ``per_100_people`` or ``hours_per_head``.
        direction: ``up`` or ``down``: where it is better.
        level: The company's mean.
        team_deviation: Standard deviation of the teams' levels.
        disturbance: Standard deviation of what disturbs a team for some weeks.
        cases_per_head: Denominator that one person adds in a week (calls, pieces, shifts).
        role_families: Whose teams have it; empty: all.
        summer: What the middle of August adds.
        moved_by_motivation: Whether motivated teams get better at it by themselves.
    """

    kpi_id: str
    name: str
    unit: str
    direction: str
    level: float
    team_deviation: float
    disturbance: float
    cases_per_head: float
    role_families: frozenset[str] = frozenset()
    summer: float = 0.0
    moved_by_motivation: bool = False


KPIS: Final = (
    Kpi("incidents", "Recordable incidents", "per_100_people", "down", 0.9, 0.30, 0.10, 1.0),
    Kpi("absence", "Absence", "share", "down", 0.045, 0.010, 0.006, 5.0, summer=-0.008),
    Kpi("overtime", "Overtime", "hours_per_head", "down", 2.4, 0.6, 0.35, 1.0, summer=-0.4),
    Kpi(
        "schedule_kept", "Shifts staffed as planned", "share", "up", 0.86, 0.035, 0.02, 5.0,
        frozenset({"Production", "Logistics", "Service"}), summer=-0.03,
    ),
    Kpi(
        "first_contact", "Solved at first contact", "share", "up", 0.68, 0.05, 0.02, 22.0,
        frozenset({"Service", "Sales"}),
    ),
    Kpi(
        "plan_accuracy", "Forecasts within 5 percent", "share", "up", 0.61, 0.06, 0.03, 6.0,
        frozenset({"Quality", "Sales", "Engineering", "Business"}), moved_by_motivation=True,
    ),
    Kpi(
        "first_pass", "Pieces right the first time", "share", "up", 0.93, 0.02, 0.01, 60.0,
        frozenset({"Production", "Quality"}),
    ),
    Kpi(
        "on_time", "Delivered on time", "share", "up", 0.90, 0.03, 0.02, 40.0,
        frozenset({"Logistics"}), summer=-0.01,
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Panel:
    """One KPI by team and week; rows are teams, columns weeks.

    ``expected`` is what the KPI's mean would have been without any programme, ``added`` what each
    programme truly adds to it. Weeks before the first simulated one come first
    (``HISTORY_WEEKS``). A team without people in a week has denominator 0 and no value.
    """

    kpi: Kpi
    teams: list[int]
    numerator: Floats
    denominator: Floats
    expected: Floats
    added: dict[str, Floats]

    @property
    def value(self) -> Floats:
        """Numerator over denominator, in the KPI's unit; NaN where nobody is there."""
        scale = 100.0 if self.kpi.unit == "per_100_people" else 1.0
        with np.errstate(invalid="ignore", divide="ignore"):
            found: Floats = scale * self.numerator / self.denominator
        return found


def measure(
    rng: np.random.Generator,
    careers: Careers,
    rollouts: Sequence[Rollout],
    *,
    start: date,
    weeks: int,
) -> list[Panel]:
    """Every KPI of every team that has it, from ``HISTORY_WEEKS`` before ``start`` on."""
    first = start - timedelta(weeks=HISTORY_WEEKS)
    mondays = [first + timedelta(weeks=week) for week in range(HISTORY_WEEKS + weeks)]
    staff = [_Staff(careers.unit_on(m), careers.at_work(m)) for m in mondays]
    return [_panel(rng, kpi, careers, rollouts, mondays, staff) for kpi in KPIS]


@dataclass(frozen=True)
class _Staff:
    """Who belongs where in one week, and who of them is there."""

    unit: Ints
    there: Bools

    def heads(self, teams: Ints) -> Floats:
        """People of each of ``teams`` who are there."""
        return self._sums(np.ones(len(self.unit)), teams)

    def mean(self, each: Floats, teams: Ints) -> Floats:
        """The mean of ``each`` over the people of each of ``teams`` who are there."""
        return self._sums(each, teams) / np.maximum(self.heads(teams), 1.0)

    def _sums(self, each: Floats, teams: Ints) -> Floats:
        size = max(int(self.unit.max()), int(teams.max())) + 1
        sums = np.bincount(self.unit, weights=each * self.there, minlength=size)
        found: Floats = sums[teams].astype(np.float64)
        return found


def _panel(  # noqa: PLR0913, PLR0917  (a panel depends on all that there is)
    rng: np.random.Generator,
    kpi: Kpi,
    careers: Careers,
    rollouts: Sequence[Rollout],
    mondays: Sequence[date],
    staff: Sequence[_Staff],
) -> Panel:
    org, people = careers.org, careers.people
    teams = np.array([team for team in org.teams if _has(kpi, org, team)], dtype=np.int64)
    heads = np.stack([week.heads(teams) for week in staff], axis=1)
    expected = _expected(rng, kpi, heads.shape, mondays)
    if kpi.moved_by_motivation:
        drive = np.stack([week.mean(people.motivation, teams) for week in staff], axis=1)
        years = np.arange(len(mondays)) / 52.0
        expected += drive * kpi.team_deviation * (0.9 + MOTIVATED_TREND * years)
    added = {
        rollout.programme.programme_id: _added(kpi, rollout, people, teams, staff)
        for rollout in rollouts
    }
    mean = expected + sum(added.values())
    numerator, denominator = _drawn(rng, kpi, mean, heads)
    return Panel(kpi, teams.tolist(), numerator, denominator, expected, added)


def _has(kpi: Kpi, org: Org, team: int) -> bool:
    return not kpi.role_families or org.role[org.parent[team]][0] in kpi.role_families


def _expected(
    rng: np.random.Generator, kpi: Kpi, shape: tuple[int, int], mondays: Sequence[date]
) -> Floats:
    """Level, trend, calendar and fading disturbances, without any programme."""
    teams, weeks = shape
    level = kpi.level + kpi.team_deviation * rng.standard_normal(teams)
    trend = 0.15 * kpi.team_deviation * np.arange(weeks) / 52.0
    week_of_year = np.array([monday.isocalendar().week for monday in mondays])
    calendar = kpi.summer * np.exp(-((week_of_year - 33) ** 2) / 8.0)
    shocks = rng.standard_normal(shape) * kpi.disturbance * np.sqrt(1.0 - FADING**2)
    shocks[:, 0] = rng.standard_normal(teams) * kpi.disturbance
    for week in range(1, weeks):
        shocks[:, week] += FADING * shocks[:, week - 1]
    sign = 1.0 if kpi.direction == "up" else -1.0
    found: Floats = level[:, None] + sign * trend[None, :] + calendar[None, :] + shocks
    return found


def _added(
    kpi: Kpi, rollout: Rollout, people: People, teams: Ints, staff: Sequence[_Staff]
) -> Floats:
    """What one programme adds to the KPI of each team: the mean over the people who are there."""
    found = np.zeros((len(teams), len(staff)))
    for effect in rollout.programme.effects:
        if effect.kpi_id != kpi.kpi_id:
            continue
        for week in range(HISTORY_WEEKS, len(staff)):
            each = rollout.effect_on(effect, people, week - HISTORY_WEEKS)
            found[:, week] += staff[week].mean(each, teams)
    return found


def _drawn(
    rng: np.random.Generator, kpi: Kpi, mean: Floats, heads: Floats
) -> tuple[Floats, Floats]:
    """Numerators and denominators as the company's systems count them."""
    cases: npt.NDArray[np.int64] = np.round(kpi.cases_per_head * heads).astype(np.int64)
    if kpi.unit == "share":
        return rng.binomial(cases, np.clip(mean, 0.005, 0.995)).astype(float), cases.astype(float)
    if kpi.unit == "per_100_people":
        return rng.poisson(np.maximum(mean, 0.02) * heads / 100.0).astype(float), heads
    spread = rng.normal(0.0, 1.5, size=mean.shape) * np.sqrt(heads)
    hours = np.maximum(np.maximum(mean, 0.0) * heads + spread, 0.0)
    return np.round(hours, 1).astype(np.float64), heads
