"""Who works in the company: the organisation, its people and what they are like.

Everything about people is an array with one place per person. People who are not in HR's list (a
contractor, a bot, the systems' own accounts) follow after the employees and have accounts only.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

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
from xapi_ingest.simulator.vocabulary import DOMAIN

PEOPLE_PER_TEAM: Final = 15
SMALL_TEAM: Final = 6
SPOKESPERSON: Final = sum(1 + len(members) for _, members in DIVISIONS)
NEVER_SHARE: Final = 0.13
JOINING_SHARE: Final = 0.11
LEAVING_SHARE: Final = 0.07
LURKER, OCCASIONAL, HEAVY = 0, 1, 2

Days = npt.NDArray[np.datetime64]


@dataclass(frozen=True)
class Org:
    """The tree of units: ``rows`` are id, name and parent; places refer to rows."""

    rows: list[tuple[str, str, str]]
    divisions: list[int]
    departments: list[int]
    teams: list[int]
    parent: list[int]
    role: dict[int, tuple[str, bool]]  # department → role family, front line


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

    def exposed(self, monday: date) -> Bools:
        """Which employees are employed during the whole week that starts on ``monday``."""
        first = np.datetime64(monday, "D")
        stays = np.isnat(self.leave_date) | (self.leave_date >= first + np.timedelta64(6, "D"))
        found: Bools = (self.hire_date <= first) & stays
        return found


def found_org(employees: int) -> Org:
    """Company → three divisions → eight departments → teams of about fifteen."""
    rows = [("company", "Hinode Group", "")]
    parent, divisions, departments, role = [-1], [], [], {}
    for number, (division, members) in enumerate(DIVISIONS, start=1):
        divisions.append(len(rows))
        rows.append((f"div-{number}", division, "company"))
        parent.append(0)
        for name, family, is_frontline in members:
            place = len(rows)
            departments.append(place)
            role[place] = (family, is_frontline)
            rows.append((f"dep-{len(departments):02d}", name, f"div-{number}"))
            parent.append(divisions[-1])
    teams = []
    for number in range(max(len(departments), round(employees / PEOPLE_PER_TEAM))):
        home = departments[number % len(departments)]
        serial = number // len(departments) + 1
        teams.append(len(rows))
        rows.append((f"team-{number + 1:04d}", f"{rows[home][1]} {serial}", rows[home][0]))
        parent.append(home)
    return Org(rows, divisions, departments, teams, parent, role)


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
    frontline = [place in org.role and org.role[place][1] for place in department]
    contributor, voice = _voiced(rng, employees)
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
        propensity=_inclined(rng, is_leader),
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


def _voiced(rng: np.random.Generator, count: int) -> tuple[Ints, Floats]:
    """90-9-1: most only read, some write now and then, one in a hundred writes a lot."""
    order = rng.permutation(count)
    contributor = np.zeros(count, dtype=np.int64)
    contributor[order[: max(1, round(count * 0.10))]] = OCCASIONAL
    contributor[order[: max(1, round(count * 0.01))]] = HEAVY
    voice = np.array([0.12, 1.6, 7.0])[contributor] * rng.gamma(4.0, 0.25, size=count)
    return contributor, voice


def employee_rows(people: People, org: Org) -> list[tuple[Any, ...]]:
    """The rows of HR's employee file, in its column order."""
    rows = []
    for n in range(people.employee_count):
        location, zone, _ = LOCATIONS[int(people.zone[n])]
        boss = int(people.manager[n])
        rows.append((
            people.employee_id[n], people.full_name[n], f"{people.username[n]}@{DOMAIN}",
            people.username[n], org.rows[int(people.unit[n])][0],
            people.employee_id[boss] if boss >= 0 else "", people.role_family[n], location, zone,
            "true" if people.is_frontline[n] else "false", str(people.hire_date[n]),
            "" if np.isnat(people.leave_date[n]) else str(people.leave_date[n]),
        ))  # fmt: skip
    return rows
