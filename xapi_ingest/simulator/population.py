"""Who works in the company: its people and what they are like.

Everything about people is an array with one place per person. People who are not in HR's list (a
contractor, a bot, the systems' own accounts) follow after the employees and have accounts only.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from xapi_ingest.simulator.moments import Bools, Floats, Ints
from xapi_ingest.simulator.names import (
    DIVISIONS,
    ENGLISH_FAMILY,
    ENGLISH_GIVEN,
    JAPANESE_FAMILY,
    JAPANESE_GIVEN,
    LOCATIONS,
)
from xapi_ingest.simulator.organisation import Org
from xapi_ingest.simulator.vocabulary import DOMAIN

SMALL_TEAM: Final = 6
SPOKESPERSON: Final = sum(1 + len(members) for _, members in DIVISIONS)
NEVER_SHARE: Final = 0.13
JOINING_SHARE: Final = 0.11
LEAVING_SHARE: Final = 0.07
REUSED_AFTER_DAYS: Final = 21
LURKER, OCCASIONAL, HEAVY = 0, 1, 2

Days = npt.NDArray[np.datetime64]


@dataclass(frozen=True)
class People:
    """One place per person; the employees first, then those whom HR does not know."""

    employee_count: int
    employee_id: list[str]
    full_name: list[str]
    username: list[str]
    unit: Ints
    manager: Ints  # −1: nobody
    role_family: list[str]
    zone: Ints  # place in LOCATIONS
    is_frontline: Bools
    hire_date: Days
    leave_date: Days  # NaT while employed
    propensity: Floats  # log-odds of learning in a week; −inf: never
    motivation: Floats  # standard scores; what makes people choose, and get better by themselves
    contributor: Ints  # LURKER, OCCASIONAL or HEAVY
    voice: Floats  # weight with which a person writes

    @property
    def contractor(self) -> int:
        """Someone who learns with the company and is not its employee."""
        return self.employee_count

    @property
    def bot(self) -> int:
        """The chat's reminder bot."""
        return self.employee_count + 1

    @property
    def spokesperson(self) -> int:
        """Who posts the announcements: the head of the last department."""
        return SPOKESPERSON

    @property
    def service(self) -> int:
        """The account under which systems act by themselves."""
        return self.employee_count + 2

    @property
    def email(self) -> list[str]:
        """Addresses, one per person."""
        return [f"{name}@{DOMAIN}" for name in self.username]

    @property
    def ever_learns(self) -> Bools:
        """Which employees can be brought to learn at all."""
        return np.isfinite(self.propensity)

    def exposed(self, monday: date) -> Bools:
        """Which employees are employed during the whole week that starts on ``monday``."""
        first = np.datetime64(monday, "D")
        stays = np.isnat(self.leave_date) | (self.leave_date >= first + np.timedelta64(6, "D"))
        found: Bools = (self.hire_date <= first) & stays
        return found


def hire_people(
    rng: np.random.Generator, org: Org, employees: int, start: date, weeks: int
) -> People:
    """Place, name and describe every employee."""
    unit, manager = _placed(rng, org, employees)
    is_leader = np.zeros(employees, dtype=np.bool_)
    is_leader[np.unique(manager[manager >= 0])] = True
    department = [_department(org, place) for place in unit.tolist()]
    zone = rng.choice(len(LOCATIONS), size=employees, p=[share for *_, share in LOCATIONS])
    full_name, username = _named(rng, zone)
    hired, left = _dated(rng, is_leader, start, weeks)
    _reuse_address(full_name, username, hired, left)
    frontline = [place in org.role and org.role[place][1] for place in department]
    contributor, voice = _voiced(rng, employees)
    propensity = _inclined(rng, is_leader)
    return People(
        employee_count=employees,
        employee_id=[f"E{100_000 + number}" for number in range(employees)],
        full_name=[*full_name, "Chris Contractor", "Reminder Bot", "System"],
        username=[*username, "ext.contractor", "reminder.bot", "system"],
        unit=unit,
        manager=manager,
        role_family=[org.role[p][0] if p in org.role else "Leadership" for p in department],
        zone=np.concatenate([zone, [0, 0, 0]]).astype(np.int64),
        is_frontline=np.array(frontline) & ~is_leader,
        hire_date=hired,
        leave_date=left,
        propensity=propensity,
        motivation=_motivated(rng, propensity),
        contributor=contributor,
        voice=voice,
    )


def _placed(rng: np.random.Generator, org: Org, employees: int) -> tuple[Ints, Ints]:
    """Unit and manager of each: first the heads, from the top down, then everybody else."""
    heads = [0, *org.divisions, *org.departments, *org.teams]
    head_of = {place: person for person, place in enumerate(heads)}
    rest = employees - len(heads)
    weights = rng.uniform(0.85, 1.15, size=len(org.teams))
    sizes = np.floor(weights / weights.sum() * max(rest, 0)).astype(np.int64)
    if rest > len(org.teams) * SMALL_TEAM:
        sizes[-1] = SMALL_TEAM - 1
    members = np.repeat(org.teams, sizes)
    spare = np.array(org.teams)[np.arange(max(rest, 0) - len(members)) % (len(org.teams) - 1)]
    unit = np.concatenate([heads[:employees], members, spare]).astype(np.int64)
    above = [head_of[org.parent[place]] if place else -1 for place in heads]
    own = [head_of[place] for place in unit[len(heads) :].tolist()]
    return unit, np.array([*above[:employees], *own], dtype=np.int64)


def _department(org: Org, place: int) -> int:
    return org.parent[place] if place >= org.teams[0] else place


def _named(rng: np.random.Generator, zone: Ints) -> tuple[list[str], list[str]]:
    """Names by country; a number tells apart the addresses of people with one name."""
    family, given = rng.integers(0, 2**31, size=(2, len(zone))).tolist()
    full_names, usernames = [], []
    seen: dict[str, int] = {}
    for place, first, second in zip(zone.tolist(), family, given, strict=True):
        if place == 0:
            last_name, last = JAPANESE_FAMILY[first % len(JAPANESE_FAMILY)]
            first_name, name = JAPANESE_GIVEN[second % len(JAPANESE_GIVEN)]
            full_names.append(f"{last_name} {first_name}")
        else:
            last = ENGLISH_FAMILY[first % len(ENGLISH_FAMILY)]
            name = ENGLISH_GIVEN[second % len(ENGLISH_GIVEN)]
            full_names.append(f"{name} {last}")
        base = f"{name}.{last}".lower()
        seen[base] = seen.get(base, 0) + 1
        usernames.append(base if seen[base] == 1 else f"{base}{seen[base]}")
    return full_names, usernames


def _reuse_address(full_name: list[str], username: list[str], hired: Days, left: Days) -> None:
    """Give the name and address of the first who left to somebody of that name hired later."""
    for leaver in np.flatnonzero(~np.isnat(left)).tolist():
        later = np.flatnonzero(hired > left[leaver] + np.timedelta64(REUSED_AFTER_DAYS, "D"))
        if len(later):
            full_name[later[0]], username[later[0]] = full_name[leaver], username[leaver]
            return


def _dated(
    rng: np.random.Generator, is_leader: Bools, start: date, weeks: int
) -> tuple[Days, Days]:
    """One in nine joins during the period, half of them at its first days; 7 % leave in it."""
    count, days = len(is_leader), weeks * 7
    hired = np.datetime64(start, "D") - rng.integers(30, 12 * 365, size=count)
    joins = (rng.random(count) < JOINING_SHARE) & ~is_leader
    joined = np.where(rng.integers(0, 2, size=count), 2, rng.integers(0, days, size=count))
    hired = np.where(joins, np.datetime64(start, "D") + joined, hired)
    leaves = (rng.random(count) < LEAVING_SHARE) & ~joins & ~is_leader
    left = np.datetime64(start, "D") + rng.integers(7, days, size=count)
    return hired, np.where(leaves, left, np.datetime64("NaT", "D"))


def _inclined(rng: np.random.Generator, is_leader: Bools) -> Floats:
    """Log-odds of a learning week after one without: mostly rarely, some never, a few often."""
    count = len(is_leader)
    found = rng.normal(-1.5, 1.2, size=count) + 0.4 * is_leader
    found[(rng.random(count) < NEVER_SHARE) & ~is_leader] = -np.inf
    return found


def _motivated(rng: np.random.Generator, propensity: Floats) -> Floats:
    """Standard scores that go with learning by half: who learns much is often, not always, keen."""
    keen = np.nan_to_num(propensity, neginf=-4.0)
    keen = (keen - keen.mean()) / keen.std()
    found: Floats = np.sqrt(0.5) * (keen + rng.standard_normal(len(keen)))
    return found


def _voiced(rng: np.random.Generator, count: int) -> tuple[Ints, Floats]:
    """90-9-1: most only read, some write now and then, one in a hundred writes a lot."""
    order = rng.permutation(count)
    contributor = np.zeros(count, dtype=np.int64)
    contributor[order[: max(1, round(count * 0.10))]] = OCCASIONAL
    contributor[order[: max(1, round(count * 0.01))]] = HEAVY
    voice = np.array([0.12, 1.6, 7.0])[contributor] * rng.gamma(4.0, 0.25, size=count)
    return contributor, voice
