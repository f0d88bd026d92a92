"""HR: who is employed where and when, which accounts belong to whom, roles, openings, calendars."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

import numpy as np

from xapi_ingest.simulator.identities import KIOSK_NAME
from xapi_ingest.simulator.names import LOCATIONS
from xapi_ingest.simulator.skills import LEVELS, ROLES, SKILLS
from xapi_ingest.simulator.systems.code import FAMILY as CODERS
from xapi_ingest.simulator.systems.github import SITE as GITHUB
from xapi_ingest.simulator.systems.github import login
from xapi_ingest.simulator.systems.questions import FIRST_USER
from xapi_ingest.simulator.systems.questions import SITE as ASK
from xapi_ingest.simulator.systems.wiki import wiki_name
from xapi_ingest.simulator.vocabulary import DESK, DOMAIN, LMS, WIKI
from xapi_ingest.simulator.world import World

Rows = Iterator[tuple[Any, ...]]

COUNTRIES: Final = ("JP", "DE", "BR", "US")
KINDS: Final = {"company": "company", "div": "business_unit", "dep": "department", "team": "team"}
EVIDENCE_DAYS: Final = 730
FRIDAY: Final = 5
INSIDE_SHARE: Final = 0.4  # of the openings
OPENINGS_A_YEAR: Final = 0.05  # per employee
# holidays that fall on one date every year, by country; enough for working-day clocks
HOLIDAYS: Final = {
    "JP": ((1, 1), (2, 11), (4, 29), (5, 3), (5, 4), (5, 5), (11, 3), (11, 23)),
    "DE": ((1, 1), (5, 1), (10, 3), (12, 25), (12, 26)),
    "BR": ((1, 1), (4, 21), (5, 1), (9, 7), (10, 12), (11, 2), (11, 15), (12, 25)),
    "US": ((1, 1), (6, 19), (7, 4), (11, 11), (12, 25)),
}
# mean cost of an hour and mean pay of a year by role family, in euros
PAY: Final = {
    "Production": (36, 43_000), "Quality": (44, 55_000), "Logistics": (34, 41_000),
    "Service": (38, 46_000), "Sales": (52, 66_000), "Engineering": (58, 74_000),
    "Business": (54, 69_000), "Leadership": (78, 104_000),
}  # fmt: skip


def tables(world: World, rng: np.random.Generator) -> Iterator[tuple[str, Rows]]:
    """Every table of HR's that is known before the first week, with its rows."""
    yield "employees", _employees(world)
    yield "employment_periods", _employment_periods(world)
    yield "leave_periods", _leave_periods(world)
    yield "org_units", _org_units(world)
    yield "accounts", _accounts(world)
    yield "skills", _skills()
    yield "roles", ((role_id, name, family) for family, (role_id, name, _) in ROLES.items())
    yield "role_skills", _role_skills(world)
    yield "pay_rates", _pay_rates(world)
    yield "working_days", _working_days(world)
    yield "hiring", _openings(world, rng)


def _employees(world: World) -> Rows:
    people, careers, org = world.people, world.careers, world.org
    today = world.arguments.sunday
    unit, manager = careers.unit_on(today), careers.manager_on(today)
    for n in range(people.employee_count):
        location, zone, _ = LOCATIONS[int(people.zone[n])]
        country = COUNTRIES[int(people.zone[n])]
        frontline = bool(people.is_frontline[n])
        boss = int(manager[n])
        yield (
            people.employee_id[n], people.full_name[n], f"{people.username[n]}@{DOMAIN}",
            people.username[n], org.rows[int(unit[n])][0],
            people.employee_id[boss] if boss >= 0 else None, people.role_family[n], location, zone,
            frontline, str(people.hire_date[n]), _day(people.leave_date[n]),
            ROLES[people.role_family[n]][0], country, "regular", 0.8 if n % 9 == 0 else 1,
            "on_site" if frontline else ("hybrid", "remote")[n % 5 == 0],
            "learning_team" if world.is_learning_team(n) else "none",
            str(people.hire_date[n]), country,
        )  # fmt: skip


def _employment_periods(world: World) -> Rows:
    """One row per stay in a unit, cut by transfers and by the reorganisation."""
    people, careers, org = world.people, world.careers, world.org
    days = sorted({
        *np.unique(careers.transfer_date[~np.isnat(careers.transfer_date)]).tolist(),
        careers.reorganised,
    })  # fmt: skip
    states = [(day, careers.unit_on(day), careers.manager_on(day)) for day in days]
    first = (careers.unit_on(date.min), careers.manager_on(date.min))
    for n in range(people.employee_count):
        hired = people.hire_date[n].astype(object)
        left = None if np.isnat(people.leave_date[n]) else people.leave_date[n].astype(object)
        stays = [(hired, int(first[0][n]), int(first[1][n]))]
        for day, units, managers in states:
            now = (int(units[n]), int(managers[n]))
            if now != stays[-1][1:] and hired < day and (left is None or day <= left):
                stays.append((day, *now))
            elif now != stays[-1][1:] and day <= hired:
                stays[-1] = (hired, *now)
        ends = [stay[0] - timedelta(days=1) for stay in stays[1:]]
        location = LOCATIONS[int(people.zone[n])][0]
        for (begin, unit, boss), end in zip(stays, [*ends, left], strict=True):
            yield (
                people.employee_id[n], begin, end, org.rows[unit][0],
                people.employee_id[boss] if boss >= 0 else None, ROLES[people.role_family[n]][0],
                people.role_family[n], location, bool(people.is_frontline[n]),
            )  # fmt: skip


def _leave_periods(world: World) -> Rows:
    for leave in world.careers.leaves:
        yield world.people.employee_id[leave.person], leave.first, leave.last


def _org_units(world: World) -> Rows:
    for n, (unit_id, name, parent) in enumerate(world.org.rows):
        yield unit_id, name, parent or None, KINDS[unit_id.split("-")[0]], f"{1000 + n}"


def _accounts(world: World) -> Rows:
    """What HR knows of further accounts: one in three of them, the kiosk, and other directories."""
    people, identities = world.people, world.identities
    names = identities.further_names(people)
    for number, who in enumerate(identities.several):
        since = str(people.hire_date[who])
        yield "account", names[2 * number], LMS, people.employee_id[who], False, since, None
    yield "account", KIOSK_NAME, DESK, None, True, "2020-01-01", None
    for number in np.flatnonzero(people.ever_learns).tolist():
        span = (str(people.hire_date[number]), _day(people.leave_date[number]))
        owner = (people.employee_id[number], False, *span)
        yield "account", wiki_name(people.username[number]), WIKI, *owner
        yield "account", str(FIRST_USER + number), f"{ASK}/users", *owner
        if people.role_family[number] == CODERS:
            yield "account", login(people.username[number]), GITHUB, *owner


def _skills() -> Rows:
    for skill_id, name, is_priority in SKILLS:
        yield skill_id, name, None, LEVELS, is_priority, EVIDENCE_DAYS


def _role_skills(world: World) -> Rows:
    since = date(world.arguments.start.year - 4, 4, 1)
    for role_id, _, levels in ROLES.values():
        for weight, (skill_id, level) in enumerate(levels.items()):
            yield role_id, skill_id, level, 2 if weight == 0 else 1, since, None


def _pay_rates(world: World) -> Rows:
    since = date(world.arguments.start.year - 1, 4, 1)
    for family, (hour, year) in PAY.items():
        for country in COUNTRIES:
            yield family, country, since, None, hour, year, "EUR", world.arguments.sunday.year


def _working_days(world: World) -> Rows:
    day = world.arguments.start
    while day <= world.arguments.sunday:
        for country in COUNTRIES:
            works = day.isoweekday() <= FRIDAY and (day.month, day.day) not in HOLIDAYS[country]
            times = ("08:30", "17:30", 8) if works else (None, None, 0)
            yield country, day, works, *times
        day += timedelta(days=1)


def _openings(world: World, rng: np.random.Generator) -> Rows:
    """Openings, of which a third were opened because a skill was missing, and who filled them."""
    arguments, org = world.arguments, world.org
    count = round(OPENINGS_A_YEAR * arguments.employees * arguments.weeks / 52)
    families = [family for family in ROLES if family != "Leadership"]
    for number in range(count):
        role_id, _, levels = ROLES[families[int(rng.integers(len(families)))]]
        opened = arguments.start + timedelta(days=int(rng.integers(arguments.weeks * 7)))
        critical = bool(rng.random() < 1 / 3)
        inside = bool(rng.random() < INSIDE_SHARE)
        took = int(rng.gamma(6.0, 7.0 if inside else 12.0))
        filled = opened + timedelta(days=took)
        is_filled = filled <= arguments.sunday
        yield (
            f"RQ-{number + 1:04d}", role_id, org.rows[int(rng.choice(org.teams))][0],
            next(iter(levels)) if critical else None, critical, opened,
            filled if is_filled else None,
            filled + timedelta(days=14 if inside else 60) if is_filled else None,
            ("internal" if inside else "external") if is_filled else None, None,
            round(float(rng.gamma(4.0, 400.0 if inside else 2300.0)), 2) if is_filled else None,
            round(float(rng.gamma(4.0, 900.0 if inside else 2000.0)), 2) if is_filled else None,
            "EUR", arguments.sunday.year, "filled" if is_filled else "open",
            int(rng.poisson(9 if inside else 26)),
        )  # fmt: skip


def _day(value: np.datetime64) -> str | None:
    return None if np.isnat(value) else str(value)
