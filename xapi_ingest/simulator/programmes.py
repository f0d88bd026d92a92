"""The four programmes: what each is meant for, how it was rolled out, and what it truly does.

Each stands for one thing that an evaluation has to get right, and for one way of rolling out:

* Customer First works, and teams were drawn by lot (a cluster-randomised experiment).
* First-line Leadership does what it promises and harms a guardrail; it came in waves.
* Data Fluency does nothing; motivated people choose it, and they would have got better anyway.
* Safe at Work works for one role family only; everybody began on one date.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from xapi_ingest.simulator.moments import Bools, Floats, Ints
from xapi_ingest.simulator.names import PROGRAMMES
from xapi_ingest.simulator.organisation import Org
from xapi_ingest.simulator.population import People

NEVER: Final = -1
COHORT_WAVES: Final = 3


@dataclass(frozen=True)
class Effect:
    """What taking part does to one KPI, in units of the KPI, once it has come fully.

    Args:
        kpi_id: The KPI.
        size: The full effect on what one person contributes to the team's KPI.
        delay_weeks: Weeks after the start in which nothing happens yet.
        ramp_weeks: Time constant with which the effect comes.
        half_life_weeks: Weeks after which half of it is gone again; 0: it lasts.
        role_family: The only role family that it reaches; None: all.
    """

    kpi_id: str
    size: float
    delay_weeks: int = 2
    ramp_weeks: float = 4.0
    half_life_weeks: float = 0.0
    role_family: str | None = None

    def course(self, weeks_since_start: Floats) -> Floats:
        """The share of ``size`` that is there so many weeks after the start; 0 before."""
        since = np.asarray(weeks_since_start - self.delay_weeks, dtype=np.float64)
        grown = 1.0 - np.exp(-np.maximum(since, 0.0) / self.ramp_weeks)
        if self.half_life_weeks:
            grown *= np.exp2(-np.maximum(since, 0.0) / self.half_life_weeks)
        return np.where(since > 0, grown, 0.0)


@dataclass(frozen=True)
class Programme:
    """One programme.

    Args:
        programme_id: As in the catalogue.
        name: What people call it.
        sponsor_role: Who wants it.
        business_goal: In the sponsor's words.
        kpi_id: The KPI that it is meant to move.
        target_effect: By how much, in units of that KPI; its sign says the direction.
        guardrail_ids: KPIs that it must not harm.
        role_families: Whose teams it is for; empty: everybody's.
        rollout: ``randomised``, ``waves``, ``self_selected`` or ``one_date``.
        launch_share: Where in the simulated period it begins, from 0 to 1.
        take_up: Share of those who are asked that take part.
        skill_id: The skill that its courses teach.
        effects: What it truly does. None: nothing.
    """

    programme_id: str
    name: str
    sponsor_role: str
    business_goal: str
    kpi_id: str
    target_effect: float
    guardrail_ids: tuple[str, ...]
    role_families: frozenset[str]
    rollout: str
    launch_share: float
    take_up: float
    skill_id: str
    effects: tuple[Effect, ...]


_NAMES: Final = {programme_id: name for programme_id, name, _ in PROGRAMMES}

CATALOGUE: Final = (
    Programme(
        "safety-2026", _NAMES["safety-2026"], "Head of Manufacturing",
        "Nobody gets hurt: fewer recordable incidents in every unit.",
        "incidents", -0.30, ("absence",), frozenset(), "one_date", 0.25, 0.93, "safe-working",
        (Effect("incidents", -0.55, 1, 3.0, role_family="Production"),),
    ),
    Programme(
        "lead-first", _NAMES["lead-first"], "Head of People",
        "Shifts that are staffed as planned, by leaders who plan with their teams.",
        "schedule_kept", 0.02, ("absence", "overtime"),
        frozenset({"Production", "Logistics", "Service"}), "waves", 0.30, 0.85, "leading-a-team",
        (Effect("schedule_kept", 0.035, 2, 6.0), Effect("absence", 0.016, 4, 8.0)),
    ),
    Programme(
        "data-fluent", _NAMES["data-fluent"], "Head of Finance",
        "Plans that hold: what offices forecast is what happens.",
        "plan_accuracy", 0.03, ("overtime",),
        frozenset({"Quality", "Sales", "Engineering", "Business"}), "self_selected", 0.20, 1.0,
        "reading-data", (),
    ),
    Programme(
        "customer-first", _NAMES["customer-first"], "Head of Services",
        "A customer who calls is helped by the first person who answers.",
        "first_contact", 0.03, ("absence", "overtime"), frozenset({"Service", "Sales"}),
        "randomised", 0.50, 0.88, "listening",
        (Effect("first_contact", 0.055, 2, 5.0, half_life_weeks=104.0),),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Rollout:
    """Who is in one programme, and since when. One place per employee.

    ``offered`` is the week from which a person was asked to take part (intention to treat),
    ``started`` the week from which he or she did; both ``NEVER`` where it did not happen. A week
    counts from the first simulated one. ``arm`` is ``treatment``, ``control``, ``wave-1`` …, or
    empty for those whom the programme is not for.
    """

    programme: Programme
    offered: Ints
    started: Ints
    arm: list[str]
    assigned_by: str

    def effect_on(self, effect: Effect, people: People, week: int) -> Floats:
        """What the programme adds to each person's contribution to a KPI in ``week``."""
        began = self.started != NEVER
        if effect.role_family is not None:
            began = began & (np.array(people.role_family) == effect.role_family)
        found: Floats = effect.size * effect.course((week - self.started).astype(np.float64))
        return np.where(began, found, 0.0)


def roll_out(
    rng: np.random.Generator, people: People, org: Org, *, start: date, weeks: int
) -> list[Rollout]:
    """Decide who takes part in which programme, in the order of ``CATALOGUE``.

    Heads of units above the teams are in none: no KPI is theirs.
    """
    ways = {
        "randomised": _randomised,
        "waves": _in_waves,
        "self_selected": _self_selected,
        "one_date": _on_one_date,
    }
    team = np.where(people.unit >= org.teams[0], people.unit, NEVER)
    found = []
    for programme in CATALOGUE:
        eligible = _eligible(programme, people) & (team != NEVER)
        launch = round(programme.launch_share * weeks)
        drawn = ways[programme.rollout](rng, eligible, team, launch, people.motivation, weeks)
        offered, arm = drawn
        asked = offered != NEVER
        takes = asked & (rng.random(len(asked)) < programme.take_up)
        hesitates = rng.geometric(0.5, size=len(asked)) - 1
        started = _while_employed(people, start, np.where(takes, offered + hesitates, NEVER))
        by = {"randomised": "random", "self_selected": "self"}.get(
            programme.rollout, "rollout_schedule"
        )
        found.append(Rollout(programme, offered, started, arm, by))
    return found


def _while_employed(people: People, start: date, week: Ints) -> Ints:
    """Joiners begin when they come; nobody begins after the last day."""
    first = np.datetime64(start, "D")
    joined = np.ceil((people.hire_date - first).astype(np.int64) / 7).astype(np.int64)
    begun = np.where(week == NEVER, NEVER, np.maximum(week, joined))
    monday = first + begun * np.timedelta64(7, "D")
    gone = ~np.isnat(people.leave_date) & (people.leave_date < monday)
    found: Ints = np.where(gone, NEVER, begun)
    return found


def _eligible(programme: Programme, people: People) -> Bools:
    if not programme.role_families:
        return np.ones(people.employee_count, dtype=np.bool_)
    return np.isin(people.role_family, sorted(programme.role_families))


def _randomised(
    rng: np.random.Generator, eligible: Bools, team: Ints, launch: int, _m: Floats, _w: int
) -> tuple[Ints, list[str]]:
    """Half of the teams by lot, whole teams together, since colleagues talk."""
    teams = rng.permutation(np.unique(team[eligible]))
    treated = np.isin(team, teams[: (len(teams) + 1) // 2]) & eligible
    arm = np.where(treated, "treatment", np.where(eligible, "control", ""))
    return np.where(treated, launch, NEVER), arm.tolist()


def _in_waves(
    rng: np.random.Generator, eligible: Bools, team: Ints, launch: int, _m: Floats, weeks: int
) -> tuple[Ints, list[str]]:
    """Three quarters of the teams in three waves, the rest not yet."""
    teams = rng.permutation(np.unique(team[eligible]))
    gap = max(2, round(0.15 * weeks))
    offered = np.full(len(team), NEVER)
    arm = np.where(eligible, "not-yet", "").astype("<U10")
    for wave, members in enumerate(np.array_split(teams, COHORT_WAVES + 1)[:COHORT_WAVES]):
        mine = np.isin(team, members) & eligible
        offered[mine] = launch + wave * gap
        arm[mine] = f"wave-{wave + 1}"
    return offered, arm.tolist()


def _self_selected(
    rng: np.random.Generator, eligible: Bools, _t: Ints, launch: int, motivation: Floats, weeks: int
) -> tuple[Ints, list[str]]:
    """Whoever wants to, at any time after the launch: mostly the motivated."""
    chance = 1.0 / (1.0 + np.exp(-(2.2 * motivation - 1.0)))
    joins = eligible & (rng.random(len(eligible)) < chance)
    when = launch + (rng.beta(1.2, 3.0, size=len(eligible)) * (weeks - launch)).astype(np.int64)
    arm = np.where(joins, "chose it", np.where(eligible, "did not", ""))
    return np.where(joins, when, NEVER), arm.tolist()


def _on_one_date(
    _rng: np.random.Generator, eligible: Bools, _t: Ints, launch: int, _m: Floats, _w: int
) -> tuple[Ints, list[str]]:
    """Everybody at once: nobody is left to compare with."""
    return np.where(eligible, launch, NEVER), np.where(eligible, "everybody", "").tolist()
