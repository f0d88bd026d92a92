"""Who learns in which week: a weekly state machine with heterogeneous persistence."""

from datetime import date
from typing import Final

import numpy as np

from xapi_ingest.simulator.moments import Bools, Floats, Ints
from xapi_ingest.simulator.population import People

PERSISTENCE: Final = 1.9  # log-odds that last week's learning adds
NOVELTY: Final = 1.2  # log-odds that the first week in the company adds
NOVELTY_WEEKS: Final = 6.0
CONTAGION: Final = 1.6  # log-odds that a team adds in which everybody learned last week
SUMMER_WEEK, SUMMER_WIDTH, SUMMER_DIP = 33, 1.6, 1.0


class Habit:
    """The learning weeks of every employee, one week after the other."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._was_active = np.zeros(people.employee_count, dtype=np.bool_)
        inclined = np.nan_to_num(people.propensity, neginf=-50.0)
        self._was_active |= inclined > 0

    def step(self, rng: np.random.Generator, monday: date, unit: Ints, at_work: Bools) -> Bools:
        """Which employees learn in the week that starts on ``monday``.

        Colleagues take each other along: what adds to the odds is how much more of the unit
        learned in the week before than of the company.
        """
        people = self._people
        odds = people.propensity + PERSISTENCE * self._was_active + season(monday)
        odds += CONTAGION * self._around(unit, at_work)
        odds += NOVELTY * np.exp(-_weeks_since(people, monday) / NOVELTY_WEEKS)
        chance = 1.0 / (1.0 + np.exp(-odds))
        drawn = rng.random(people.employee_count) < chance
        self._was_active = drawn & at_work
        return self._was_active

    def _around(self, unit: Ints, at_work: Bools) -> Floats:
        """The share of each person's unit that learned last week, less the company's."""
        there = np.bincount(unit, weights=at_work)
        learned = np.bincount(unit, weights=self._was_active & at_work)
        share = learned / np.maximum(there, 1.0)
        found: Floats = share[unit] - learned.sum() / max(there.sum(), 1.0)
        return found


def season(monday: date) -> float:
    """Log-odds that the calendar adds: a dip in August, a deep one at the turn of the year."""
    week = monday.isocalendar().week
    dip = SUMMER_DIP * float(np.exp(-((week - SUMMER_WEEK) ** 2) / (2 * SUMMER_WIDTH**2)))
    return -dip - (1.5 if week in {1, 52, 53} else 0.0)


def _weeks_since(people: People, monday: date) -> Floats:
    days = (np.datetime64(monday, "D") - people.hire_date).astype(np.int64)
    return np.maximum(days, 0) / 7.0
