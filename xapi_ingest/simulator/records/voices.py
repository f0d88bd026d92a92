"""What people say: reactions after programmes, usability, tickets, how they spend their time.

Logs under-see learning that is not formal. ``TRUE_MINUTES`` is what people truly spend in a week;
the survey asks some of them and is a little off, as memory is.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import numpy as np

from xapi_ingest.simulator.emitters.participation import DEADLINE_WEEKS
from xapi_ingest.simulator.moments import Floats
from xapi_ingest.simulator.programmes import NEVER, Rollout
from xapi_ingest.simulator.world import World

Rows = Iterator[tuple[Any, ...]]

MODES: Final = ("formal", "social", "experiential")
TRUE_MINUTES: Final = (17.0, 46.0, 118.0)  # a person and week: about 10, 25 and 65 of 100
FRONTLINE_FACTOR: Final = (0.7, 0.6, 1.3)
SPREAD: Final = 0.9  # of the log-normal around them
MEMORY: Final = 0.25
SAMPLE_SHARE: Final = 0.10
ANSWERING_SHARE: Final = 0.45
QUESTIONS: Final = ("relevance", "intent_to_apply", "applied_share", "used_content_share")
TOPICS: Final = ("access", "content", "enrolment", "assessment", "reporting", "performance")
RATING_SHARE: Final = 0.3
VIDEO_SHARE: Final = 0.25  # of the tickets
TICKETS: Final = 0.004  # a person and week


def tables(world: World, rng: np.random.Generator) -> Iterator[tuple[str, Rows]]:
    """Every table of surveys and tickets, with its rows."""
    usability = [f"SV-U{n + 1}" for n in range(max(1, world.arguments.weeks // 26))]
    yield "surveys", _surveys(world, usability)
    yield "survey_answers", _answers(world, usability, rng)
    yield "usability_tests", _usability_tests(world, rng)
    yield "time_use_survey", _time_use(world, rng)
    yield "support_tickets", _tickets(world, rng)


def true_minutes(world: World) -> Floats:
    """Expected true minutes a week by person (rows) and mode (columns)."""
    frontline = world.people.is_frontline[:, None]
    found: Floats = np.array(TRUE_MINUTES) * np.where(frontline, FRONTLINE_FACTOR, 1.0)
    return found


def _invited(rollout: Rollout, world: World) -> list[int]:
    """Who took part long enough ago to be asked."""
    last = world.arguments.weeks - DEADLINE_WEEKS - 3
    return np.flatnonzero((rollout.started != NEVER) & (rollout.started <= last)).tolist()


def _asked_on(world: World, rollout: Rollout) -> date:
    launch = round(rollout.programme.launch_share * world.arguments.weeks)
    return world.clock.monday(min(launch + DEADLINE_WEEKS + 2, world.arguments.weeks - 1))


def _surveys(world: World, usability: list[str]) -> Rows:
    for rollout in world.rollouts:
        programme = rollout.programme
        day = _asked_on(world, rollout)
        yield (
            f"SV-{programme.programme_id}", f"After {programme.name}", "reaction",
            programme.programme_id, day, world.arguments.sunday, len(_invited(rollout, world)),
        )  # fmt: skip
    for n, survey_id in enumerate(usability):
        day = world.clock.monday(min(26 * n + 20, world.arguments.weeks - 1))
        yield (
            survey_id, "Using the platform", "usability", None, day, day + timedelta(days=13),
            world.people.employee_count,
        )  # fmt: skip


def _answers(world: World, usability: list[str], rng: np.random.Generator) -> Rows:
    for rollout in world.rollouts:
        yield from _reactions(world, rollout, rng)
    for n, survey_id in enumerate(usability):
        day = world.clock.monday(min(26 * n + 20, world.arguments.weeks - 1))
        asked = np.flatnonzero(world.careers.at_work(day))
        for number, person in enumerate(asked[rng.random(len(asked)) < RATING_SHARE].tolist()):
            better = 0.15 * n
            for construct in ("umux_capability", "umux_ease"):
                score = int(np.clip(round(rng.normal(4.7 + better, 1.2)), 1, 7))
                yield (
                    survey_id, f"R-U{n}-{number}", construct, construct, score, 1, 7, False,
                    _moment(day), world.people.employee_id[person], "learner",
                )  # fmt: skip


def _reactions(world: World, rollout: Rollout, rng: np.random.Generator) -> Rows:
    """Those who chose a programme like it better; whether it works makes no difference."""
    survey_id = f"SV-{rollout.programme.programme_id}"
    liking = 4.2 if rollout.assigned_by == "self" else 3.5
    day = _asked_on(world, rollout)
    for number, person in enumerate(_invited(rollout, world)):
        if rng.random() > ANSWERING_SHARE:
            continue
        for question, construct in enumerate(QUESTIONS):
            is_share = construct.endswith("share")
            drawn = rng.normal(45, 25) if is_share else rng.normal(liking, 0.8)
            low, high = (0, 100) if is_share else (1, 5)
            yield (
                survey_id, f"R-{number}", f"Q{question + 1}", construct,
                int(np.clip(round(drawn), low, high)), low, high, False, _moment(day),
                world.people.employee_id[person], "learner",
            )  # fmt: skip


def _usability_tests(world: World, rng: np.random.Generator) -> Rows:
    number = 0
    for release in range(max(1, world.arguments.weeks // 26)):
        day = world.clock.monday(min(26 * release + 10, world.arguments.weeks - 1))
        for task, hard in (("find", 0.2), ("enrol", 0.15), ("practise", 0.3), ("report", 0.45)):
            for _ in range(8):
                number += 1
                is_done = bool(rng.random() > hard - 0.04 * release)
                took = round(float(rng.gamma(4.0, 18.0 if is_done else 45.0)))
                role = "hr" if task == "report" else "learner"
                yield f"UT-{number}", f"{day.year}.{release + 1}", day, role, task, is_done, took


def _time_use(world: World, rng: np.random.Generator) -> Rows:
    """Every quarter, one in ten of those at work about the week before."""
    expected, number = true_minutes(world), 0
    for week in range(6, world.arguments.weeks, 13):
        monday = world.clock.monday(week)
        unit = world.careers.unit_on(monday)
        asked = np.flatnonzero(world.careers.at_work(monday))
        for person in asked[rng.random(len(asked)) < SAMPLE_SHARE].tolist():
            number += 1
            spent = expected[person] * rng.lognormal(-(SPREAD**2) / 2, SPREAD, size=3)
            told = spent * rng.lognormal(0.0, MEMORY, size=3)
            yield (
                f"TU-{number}", monday, world.people.employee_id[person],
                world.org.rows[int(unit[person])][0], world.people.role_family[person],
                *(min(round(minutes), 10_080) for minutes in told.tolist()), None,
            )  # fmt: skip


def _tickets(world: World, rng: np.random.Generator) -> Rows:
    number = 0
    for week in range(world.arguments.weeks):
        monday = world.clock.monday(week)
        at_work = np.flatnonzero(world.careers.at_work(monday))
        unit = world.careers.unit_on(monday)
        for person in at_work[rng.random(len(at_work)) < TICKETS].tolist():
            number += 1
            opened = _start_of(monday) + timedelta(minutes=int(rng.integers(5 * 24 * 60)))
            closed = opened + timedelta(hours=float(rng.gamma(1.5, 14.0)))
            is_open = closed.date() > world.arguments.sunday
            yield (
                f"T-{number}", _text(opened), None if is_open else _text(closed),
                ("lms", "video")[int(rng.random() < VIDEO_SHARE)],
                TOPICS[int(rng.integers(len(TOPICS)))],
                "learner", world.org.rows[int(unit[person])][0],
                ("low", "medium", "high")[int(rng.choice(3, p=[0.6, 0.3, 0.1]))],
            )  # fmt: skip


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(6))


def _text(moment: datetime) -> str:
    return f"{moment.isoformat(timespec='seconds')}Z"


def _moment(day: date) -> str:
    return f"{day}T09:00:00Z"
