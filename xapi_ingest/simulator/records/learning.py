"""The academy: its catalogue, offerings, paths, rules, programmes and who belongs to them."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

import numpy as np

from xapi_ingest.simulator.catalogue import KINDS, NEVER_RETIRED, OFFERINGS
from xapi_ingest.simulator.emitters.lms import PASS_MARK, path_iri
from xapi_ingest.simulator.emitters.participation import COURSES_PER_PROGRAMME, course_place
from xapi_ingest.simulator.names import PROGRAMMES
from xapi_ingest.simulator.programmes import NEVER, Programme, Rollout
from xapi_ingest.simulator.skills import SKILLS
from xapi_ingest.simulator.vocabulary import CHAT, DESK, HR, LMS, VIDEO, WIKI
from xapi_ingest.simulator.world import World

Rows = Iterator[tuple[Any, ...]]

PROVENANCE: Final = ("created", "curated", "adapted", "external")
DESIGNS: Final = {
    "randomised": "cluster_rct",
    "waves": "staggered_did",
    "self_selected": "matched",
    "one_date": "its",
}
COMPONENTS: Final = ("practice", "learning_spaces", "pathways", "practice")
EXTERNAL_DOMAIN: Final = "open.academy.example"
CONTENT_KINDS: Final = {"article": "product", "document": "policy", "checklist": "policy"}
DAYS_DUE: Final = 77


def tables(world: World, rng: np.random.Generator) -> Iterator[tuple[str, Rows]]:
    """Every table of the academy's that is known before the first week, with its rows."""
    yield "content_catalogue", _catalogue(world, rng)
    yield "content_versions", _versions(world, rng)
    yield "content_skills", _content_skills(world)
    yield "source_domains", _domains()
    yield "offerings", _offerings(world)
    yield "assignments", _assignments(world)
    yield "paths", _paths(world)
    yield "path_steps", _path_steps(world)
    yield "compliance_requirements", _requirements(world)
    yield "programmes", _programmes(world)
    yield "programme_members", _members(world)
    yield "targets", _targets(world)


def _catalogue(world: World, rng: np.random.Generator) -> Rows:
    learners = [n for n in range(world.people.employee_count) if world.is_learning_team(n)]
    for kind, stock in world.shelves.items():
        count = len(stock.iri)
        owners = rng.choice(world.org.departments, size=count).tolist()
        sources = rng.choice(len(PROVENANCE), size=count, p=[0.4, 0.25, 0.2, 0.15]).tolist()
        authors = rng.choice(world.people.employee_count, size=count).tolist()
        types = KINDS[kind].types
        is_live = kind in {"workshop", "forum"}
        for n, iri in enumerate(stock.iri):
            programme = PROGRAMMES[int(stock.programme[n])] if stock.programme[n] >= 0 else None
            author = learners[n % len(learners)] if n % 3 and learners else authors[n]
            is_external = PROVENANCE[sources[n]] == "external"
            yield (
                iri, stock.title[n], types[n % len(types)],
                programme[0] if programme else None, programme[1] if programme else None,
                world.org.rows[owners[n]][0], kind in OFFERINGS,
                bool(programme and programme[2] and kind == "course"), kind != "workshop",
                None if kind == "forum" else int(stock.length[n]), _day(stock.published[n]),
                _day(stock.retired[n]), _day(stock.reviewed[n]), PROVENANCE[sources[n]],
                ("en", "ja", "de")[n % 3] if n % 11 else None,
                "CC-BY-4.0" if is_external else "proprietary",
                None if is_external else world.people.employee_id[author],
                "Open Academy" if is_external else None, CONTENT_KINDS.get(kind, "skill"), None,
                None, "safety" if programme and programme[2] else "technical",
                "in_person" if kind == "workshop" else "self_paced", is_live, is_live,
                PASS_MARK if kind == "course" else None, None,
            )  # fmt: skip


def _versions(world: World, rng: np.random.Generator) -> Rows:
    """First drafts, and edits of every second item during the period."""
    people, weeks = world.people.employee_count, world.arguments.weeks
    for kind, stock in world.shelves.items():
        if kind == "forum":
            continue
        for n, iri in enumerate(stock.iri):
            drafted = _date(stock.published[n]) - timedelta(days=int(rng.gamma(3.0, 9.0)) + 1)
            editor = world.people.employee_id[int(rng.integers(people))]
            first = (f"{drafted}T08:00:00Z", f"{_date(stock.published[n])}T06:00:00Z")
            yield iri, "1", *first, None, editor, 1
            if n % 2:
                edited = world.arguments.start + timedelta(days=int(rng.integers(weeks * 7)))
                if edited <= _date(stock.published[n]):
                    continue
                share = round(float(rng.beta(1.0, 6.0)), 3)
                at = f"{edited}T09:00:00Z"
                yield iri, "2", f"{edited - timedelta(days=3)}T09:00:00Z", at, at, editor, share


def _content_skills(world: World) -> Rows:
    for kind, stock in world.shelves.items():
        if kind != "forum":
            for n, iri in enumerate(stock.iri):
                yield iri, SKILLS[int(stock.skill[n])][0], 1 + n % 4


def _domains() -> Rows:
    for address in (LMS, VIDEO, CHAT, WIKI, DESK, HR):
        yield urlsplit(address).hostname, False, "Hinode Group"
    yield EXTERNAL_DOMAIN, True, "Open Academy"


def _offerings(world: World) -> Rows:
    """Courses are open all the time that they are live; one offering each."""
    for kind in OFFERINGS:
        stock = world.shelves[kind]
        is_live = kind == "workshop"
        for n, iri in enumerate(stock.iri):
            programme = PROGRAMMES[int(stock.programme[n])][0]
            yield (
                f"OF-{kind[0]}{n + 1:03d}", iri, programme, None,
                "open" if stock.retired[n] == NEVER_RETIRED else "finished",
                _day(stock.published[n]), _day(stock.retired[n]), None, None,
                None if is_live else 30, None,
                "in_person" if is_live else "self_paced", is_live, is_live, None, "company", None,
            )  # fmt: skip


def _assignments(world: World) -> Rows:
    """What the roll-outs that nobody chooses assign: the courses of their programme."""
    number = 0
    for rollout in world.rollouts:
        programme = rollout.programme
        if rollout.assigned_by == "self":
            continue
        mandatory = programme.rollout == "one_date"
        for person in np.flatnonzero(rollout.offered != NEVER).tolist():
            told = world.clock.monday(int(rollout.offered[person]))
            if not _is_employed(world, person, told):
                continue
            for course in range(COURSES_PER_PROGRAMME):
                number += 1
                place = course_place(programme.programme_id, course)
                yield (
                    f"AS-{number:06d}", world.people.employee_id[person],
                    world.shelves["course"].iri[place], None, programme.programme_id, told,
                    told + timedelta(days=DAYS_DUE), "system" if mandatory else "manager",
                    mandatory, False, "open", None,
                )  # fmt: skip


def _is_employed(world: World, person: int, day: date) -> bool:
    left = world.people.leave_date[person]
    there = np.datetime64(day, "D")
    return bool(world.people.hire_date[person] <= there and (np.isnat(left) or left >= there))


def _paths(world: World) -> Rows:
    for rollout in world.rollouts:
        programme = rollout.programme
        yield (
            f"path-{programme.programme_id}", programme.name, path_iri(programme.programme_id),
            programme.skill_id, 3, programme.programme_id, "company",
            _launch(world, programme) - timedelta(days=28), None,
        )  # fmt: skip


def _path_steps(world: World) -> Rows:
    for rollout in world.rollouts:
        programme_id = rollout.programme.programme_id
        for course in range(COURSES_PER_PROGRAMME):
            iri = world.shelves["course"].iri[course_place(programme_id, course)]
            yield f"path-{programme_id}", course + 1, iri, True


def _requirements(world: World) -> Rows:
    stock = world.shelves["course"]
    since = world.clock.monday(0)
    for n in np.flatnonzero(stock.programme == 0).tolist():
        yield (
            f"CR-{n + 1:02d}", stock.title[n], stock.iri[n], "company", "all", 365, 60,
            since, None, "Safety at work act",
        )  # fmt: skip


def _launch(world: World, programme: Programme) -> date:
    return world.clock.monday(round(programme.launch_share * world.arguments.weeks))


def _programmes(world: World) -> Rows:
    heads = world.people.employee_id
    for n, rollout in enumerate(world.rollouts):
        programme = rollout.programme
        baseline = world.baseline(programme)
        launch = _launch(world, programme)
        asked = int((rollout.offered != NEVER).sum())
        yield (
            programme.programme_id, programme.name, COMPONENTS[n], heads[1 + n % 3], heads[4 + n],
            programme.business_goal, programme.kpi_id, None, round(baseline, 4),
            round(baseline + programme.target_effect, 4), launch + timedelta(weeks=26),
            f"{launch - timedelta(days=35)}T08:00:00Z", launch, None,
            DESIGNS[programme.rollout], _population(programme), asked, 60_000 + 200 * asked,
            "EUR", world.arguments.sunday.year,
        )  # fmt: skip


def _population(programme: Programme) -> str:
    if not programme.role_families:
        return "Everybody"
    return "Teams of " + ", ".join(sorted(programme.role_families))


def _members(world: World) -> Rows:
    for rollout in world.rollouts:
        for n in range(world.people.employee_count):
            if rollout.arm[n]:
                yield _member(world, rollout, n)


def _member(world: World, rollout: Rollout, n: int) -> tuple[Any, ...]:
    """One person of a programme's population; the plan is known, take-up is in the statements."""
    launch = _launch(world, rollout.programme)
    hired = world.people.hire_date[n].astype(object)
    eligible = max(launch, hired)
    told = rollout.offered[n]
    treat = None if told == NEVER else max(world.clock.monday(int(told)), hired)
    return (
        rollout.programme.programme_id, world.people.employee_id[n],
        rollout.arm[n].replace(" ", "-"), world.org.rows[int(world.people.unit[n])][0], eligible,
        treat, rollout.assigned_by, 0.5 if rollout.assigned_by == "random" else None,
    )  # fmt: skip


def _targets(world: World) -> Rows:
    start, end = world.arguments.start, world.arguments.sunday
    for metric, value in (("HB08", 0.30), ("X01", 0.35), ("PE02", 0.25), ("LS03", 0.80)):
        yield metric, None, None, None, "plan", start, end, value, start - timedelta(days=21)


def _date(number: Any) -> date:
    return date(1970, 1, 1) + timedelta(days=int(number))


def _day(number: Any) -> date | None:
    return None if int(number) == NEVER_RETIRED else _date(number)
