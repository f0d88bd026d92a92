"""Who sits in which course of a programme in which week.

Six courses over twelve weeks, one after the other; where a date is set for everybody, most sit
them just before it (deadline bunching: the time left when a course is taken is exponential).
"""

from typing import Final

import numpy as np

from xapi_ingest.simulator.moments import Bools, Ints
from xapi_ingest.simulator.names import COURSES, PROGRAMMES
from xapi_ingest.simulator.programmes import NEVER, Rollout
from xapi_ingest.simulator.week import Week

COURSES_PER_PROGRAMME: Final = len(COURSES[0])
WEEKS_BETWEEN: Final = 2
DEADLINE_WEEKS: Final = 10
WEEKS_LEFT: Final = 1.6  # mean time left before a deadline
KEPT_OUT: Final = ("control", "not-yet")


def course_place(programme_id: str, number: int) -> int:
    """The place on the shelf of a programme's course."""
    programme = [known for known, *_ in PROGRAMMES].index(programme_id)
    return number * len(PROGRAMMES) + programme


def sittings(week: Week) -> tuple[Ints, Ints]:
    """People and courses of this week's sittings, in all programmes."""
    people, courses = [], []
    for rollout in week.rollouts:
        since = week.number - rollout.started
        takes_part = (rollout.started != NEVER) & week.exposed & week.people.ever_learns
        for number in range(COURSES_PER_PROGRAMME):
            mine = np.flatnonzero(takes_part & (since == _week_of(rollout, number)))
            people.append(mine)
            place = course_place(rollout.programme.programme_id, number)
            courses.append(np.full(len(mine), place))
    return np.concatenate(people), np.concatenate(courses)


def _week_of(rollout: Rollout, number: int) -> Ints:
    """The week after the start in which each person sits a course."""
    count = len(rollout.started)
    if rollout.programme.rollout != "one_date":
        return np.full(count, number * WEEKS_BETWEEN)
    turn = (np.arange(count) * 0.6180339887 + number * 0.7548776662) % 1.0
    left = np.floor(-WEEKS_LEFT * np.log(np.maximum(turn, 1e-9))).astype(np.int64)
    found: Ints = DEADLINE_WEEKS - np.minimum(left, DEADLINE_WEEKS)
    return found


def may_take(week: Week, person: Ints, course: Ints) -> Bools:
    """Whether people may pick a course by themselves: those who wait for its programme may not."""
    allowed = np.ones(len(person), dtype=np.bool_)
    for rollout in week.rollouts:
        waits = np.isin(rollout.arm, KEPT_OUT)
        place = course_place(rollout.programme.programme_id, 0)
        is_course = course % len(PROGRAMMES) == place
        allowed &= ~(waits[person] & is_course)
    return allowed
