"""What changes in people's working lives: transfers, long leaves, and a reorganisation.

A person's unit and manager are those of a day. HR exports them month by month, so that a fact can
be reported in the unit of its day.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from xapi_ingest.simulator.moments import Bools, Ints
from xapi_ingest.simulator.organisation import Org
from xapi_ingest.simulator.population import Days, People

TRANSFER_SHARE: Final = 0.06
LEAVE_SHARE: Final = 0.05
LEAVE_WEEKS: Final = (6, 30)
LEAVE_KINDS: Final = ("parental", "medical", "care")
REORGANISED_SHARE: Final = 0.6  # where in the period the reorganisation takes effect
REORGANISED_DEPARTMENT: Final = 2  # Supply: its last team is merged into its first


@dataclass(frozen=True)
class Leave:
    """A long absence of one employee, both days included."""

    person: int
    kind: str
    first: date
    last: date


@dataclass(frozen=True)
class Careers:
    """Who is where on which day. One place per employee.

    ``transfer_date`` is NaT for those who stay; ``later_unit`` is where the others go, a team.
    From ``reorganised`` on, everybody of the team ``dissolved`` belongs to the team ``absorbing``.
    """

    people: People
    org: Org
    transfer_date: Days
    later_unit: Ints
    leaves: list[Leave]
    reorganised: date
    dissolved: int
    absorbing: int
    _leave_first: Days
    _leave_last: Days

    def unit_on(self, day: date) -> Ints:
        """The unit of every employee."""
        moved = self.transfer_date <= np.datetime64(day, "D")
        found: Ints = np.where(moved, self.later_unit, self.people.unit)
        if day >= self.reorganised:
            gone = self.people.leave_date < np.datetime64(self.reorganised, "D")
            found = np.where((found == self.dissolved) & ~gone, self.absorbing, found)
        return found

    def manager_on(self, day: date) -> Ints:
        """The manager of every employee: the head of the unit, or of the one above; −1: nobody."""
        org, people = self.org, self.people
        unit = self.unit_on(day)
        heads = [0, *org.divisions, *org.departments, *org.teams]
        count = min(len(heads), people.employee_count)
        head_of = np.full(len(org.rows), -1)
        head_of[heads[:count]] = np.arange(count)
        above = head_of[np.array(org.parent)]
        above[0] = -1
        own = head_of[unit]
        found: Ints = np.where(own == np.arange(people.employee_count), above[unit], own)
        return found

    def at_work(self, monday: date) -> Bools:
        """Which employees are employed and not on leave during the whole week."""
        sunday = np.datetime64(monday + timedelta(days=6), "D")
        away = (self._leave_first <= sunday) & (self._leave_last >= np.datetime64(monday, "D"))
        found: Bools = self.people.exposed(monday) & ~away
        return found


def live_careers(
    rng: np.random.Generator, people: People, org: Org, *, start: date, weeks: int
) -> Careers:
    """Decide transfers, leaves and the reorganisation of the simulated period."""
    count = people.employee_count
    mondays = np.datetime64(start, "D") + 7 * rng.integers(1, max(2, weeks - 1), size=count)
    is_member = people.unit >= org.teams[0]
    is_member[: len(org.rows)] = False  # heads stay with their units
    moves = is_member & (rng.random(count) < TRANSFER_SHARE)
    moves &= (people.hire_date < mondays) & np.isnat(people.leave_date)
    teams = np.array(org.teams)
    target = teams[rng.integers(0, len(teams) - 1, size=count)]  # never the smallest
    moves &= target != people.unit
    leaves = _leaves(rng, people, is_member & ~moves, start, weeks)
    first = np.full(count, np.datetime64("NaT", "D"))
    last = first.copy()
    for leave in leaves:
        first[leave.person], last[leave.person] = leave.first, leave.last
    department = org.departments[REORGANISED_DEPARTMENT]
    supply = [team for team in org.teams if org.parent[team] == department]
    monday = start + timedelta(weeks=round(REORGANISED_SHARE * weeks))
    return Careers(
        people,
        org,
        np.where(moves, mondays, np.datetime64("NaT", "D")),
        np.where(moves, target, people.unit),
        leaves,
        (monday.replace(day=1) + timedelta(days=32)).replace(day=1),
        supply[-1],
        supply[0],
        first,
        last,
    )


def _leaves(
    rng: np.random.Generator, people: People, may: Bools, start: date, weeks: int
) -> list[Leave]:
    """Long leaves of some weeks, within the period and the employment."""
    found = []
    drawn = np.flatnonzero(may & (rng.random(people.employee_count) < LEAVE_SHARE))
    for person in drawn.tolist():
        begin = start + timedelta(weeks=int(rng.integers(1, max(2, weeks - 2))))
        length = int(rng.integers(*LEAVE_WEEKS))
        end = begin + timedelta(weeks=length, days=-1)
        kind = LEAVE_KINDS[int(rng.integers(0, len(LEAVE_KINDS)))]
        hired, left = people.hire_date[person], people.leave_date[person]
        if hired <= np.datetime64(begin, "D") and (
            np.isnat(left) or left > np.datetime64(end, "D")
        ):
            found.append(Leave(person, kind, begin, end))
    return found
