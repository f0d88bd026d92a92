"""What the academy's systems log week by week: suggestions, reminders, assessments of skills.

Suggestions and reminders hold some people back by lot, so that their effect can be told.
"""

from datetime import timedelta
from typing import Any, Final

import numpy as np

from xapi_ingest.simulator.books import Books
from xapi_ingest.simulator.moments import DAY, HOUR, MINUTE, Ints, time_texts
from xapi_ingest.simulator.skills import SKILLS, Knowledge, required_levels
from xapi_ingest.simulator.week import Week
from xapi_ingest.simulator.world import World

HOLDOUT_SHARE: Final = 0.10
SUGGESTED_SHARE: Final = 0.30  # of the people at work, a week
OPENING: Final = {True: 0.22, False: 0.04}  # of who learns anyway in the week, and who does not
NUDGE_WEEKS: Final = 4
ASSESSMENT_WEEKS: Final = 26
ASSESSED_SHARE: Final = 0.5


class Signals:
    """The logs, one week after the other."""

    def __init__(self, world: World, books: Books) -> None:
        self._books, self._world = books, world
        self._required = required_levels(world.people)
        self._suggested = self._nudged = self._assessed = 0
        for table in ("recommendation_log", "nudge_log", "skill_records"):
            books.add(table, ())

    def record(self, week: Week, knowledge: Knowledge, rng: np.random.Generator) -> None:
        """Everything that is logged in a week."""
        self._suggest(week, rng)
        if week.number % NUDGE_WEEKS == 1:
            self._nudge(week, rng)
        if week.number % ASSESSMENT_WEEKS == ASSESSMENT_WEEKS // 2:
            self._assess(week, knowledge, rng)

    def _suggest(self, week: Week, rng: np.random.Generator) -> None:
        person = np.flatnonzero(week.exposed & (rng.random(len(week.exposed)) < SUGGESTED_SHARE))
        shelf = week.shelves["article"]
        item = shelf.drawn(rng, len(person), week.monday)
        at = week.start + rng.integers(0, 5, len(person)) * DAY + rng.integers(6, 17) * HOUR
        held, opened = self._held_and_opened(week, person, rng)
        later = at + rng.integers(1, 30, len(person)) * MINUTE
        rows: list[tuple[Any, ...]] = []
        for n, (who, what, when, then) in enumerate(
            zip(person.tolist(), item.tolist(), time_texts(at), time_texts(later), strict=True)
        ):
            rows.append((
                f"IM-{self._suggested + n}", when, week.people.employee_id[who], shelf.iri[what],
                None, SKILLS[int(shelf.skill[what])][0], "home", 1 + n % 3, bool(held[n]),
                then if opened[n] else None, "popular-1",
            ))  # fmt: skip
        self._suggested += len(rows)
        self._books.add("recommendation_log", rows)

    def _held_and_opened(
        self, week: Week, person: Ints, rng: np.random.Generator
    ) -> tuple[Any, Any]:
        held = rng.random(len(person)) < HOLDOUT_SHARE
        chance = np.where(week.active[person], OPENING[True], OPENING[False])
        return held, ~held & (rng.random(len(person)) < chance)

    def _nudge(self, week: Week, rng: np.random.Generator) -> None:
        """A reminder to everybody who did not learn; it does nothing, and the holdout shows it."""
        person = np.flatnonzero(week.exposed & ~week.active)
        held, opened = self._held_and_opened(week, person, rng)
        at = np.full(len(person), week.start + DAY + 6 * HOUR)
        later = at + rng.integers(1, 600, len(person)) * MINUTE
        rows: list[tuple[Any, ...]] = []
        for n, (who, when, then) in enumerate(
            zip(person.tolist(), time_texts(at), time_texts(later), strict=True)
        ):
            rows.append((
                f"NU-{self._nudged + n}", f"habit-{week.monday:%G-W%V}",
                week.people.employee_id[who], when, "mail", bool(held[n]), None,
                then if opened[n] else None,
            ))  # fmt: skip
        self._nudged += len(rows)
        self._books.add("nudge_log", rows)

    def _assess(self, week: Week, knowledge: Knowledge, rng: np.random.Generator) -> None:
        """Half of the people by their managers, in their roles' skills; a level off at most."""
        person, skill = np.nonzero((self._required > 0) & week.exposed[:, None])
        chosen = rng.random(len(week.exposed)) < ASSESSED_SHARE
        keep = chosen[person] & (week.manager[person] >= 0)
        person, skill = person[keep], skill[keep]
        off = rng.choice([-1, 0, 1], size=len(person), p=[0.15, 0.7, 0.15])
        level = np.clip(knowledge.levels(knowledge.of(person, skill)) + off, 0, 5)
        names = week.people.employee_id
        day = week.monday + timedelta(days=3)
        rows: list[tuple[Any, ...]] = [
            (
                f"SR-{self._assessed + n}", names[who], SKILLS[what][0], found, day, "manager",
                names[int(week.manager[who])],
            )
            for n, (who, what, found) in enumerate(
                zip(person.tolist(), skill.tolist(), level.tolist(), strict=True)
            )
        ]  # fmt: skip
        self._assessed += len(rows)
        self._books.add("skill_records", rows)
