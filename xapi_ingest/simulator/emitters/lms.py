"""The learning management system: cmi5 courses and who is registered for them.

Habits: people are accounts by user name; every session has a registration and a session id; the
duration is repeated on completed, passed or failed, and terminated; the mandatory programme
registers everybody at once, those included who never come.
"""

from typing import Final

import numpy as np

from xapi_ingest.simulator.emitters import classroom, participation
from xapi_ingest.simulator.emitters.moodle import Moodle
from xapi_ingest.simulator.events import IMPLAUSIBLE, Events, joined
from xapi_ingest.simulator.members import (
    Columns,
    contexts,
    flags,
    lasting,
    objects,
    quoted,
    results,
    scaled,
)
from xapi_ingest.simulator.moments import HOUR, Bools, Ints, keyed_ids, random_ids
from xapi_ingest.simulator.names import PROGRAMMES
from xapi_ingest.simulator.vocabulary import ACROSSX_TYPE, CMI5, LMS, activity
from xapi_ingest.simulator.week import Week, chosen

PASS_MARK: Final = 0.7
IMPLAUSIBLE_SHARE: Final = 0.004
COMPLETING_SHARE: Final = 0.6
GAIN: Final = 0.10  # share of the gap in a skill that a sitting closes
WEEKS_PER_CAMPAIGN: Final = 4
PATH_TYPES: Final = (
    "https://w3id.org/xapi/cmi5/activitytype/block",
    f"{ACROSSX_TYPE}learning-plan",
)


def path_iri(programme_id: str) -> str:
    """The address of a programme's path."""
    return f"{LMS}/programme/{programme_id}"


PATHS: Final = tuple(
    activity(path_iri(programme), name, PATH_TYPES[number % 2])
    for number, (programme, name, _) in enumerate(PROGRAMMES)
)
PORTAL: Final = activity(LMS, "Learning portal", "http://id.tincanapi.com/activitytype/lms")


class Lms:
    """What the LMS remembers from week to week: who is registered, who is through."""

    def __init__(self, employees: int, courses: int) -> None:
        self._registered = np.zeros((employees, courses), dtype=np.bool_)
        self._completed = np.zeros((employees, courses), dtype=np.bool_)
        self._moodle = Moodle()

    def emit(self, week: Week) -> Events:
        """Everything that the LMS records in a week."""
        person, at, course, in_programme = self._sittings(week)
        login = at - week.pause(len(person), 100, 300)
        return joined((
            self._registrations(week, person, course, at),
            self._courses(week, person, course, at, in_programme),
            week.events("logged_in", person, login, [PORTAL] * len(person)),
            self._moodle.emit(week),
            classroom.emit(week),
        ))  # fmt: skip

    def _sittings(self, week: Week) -> tuple[Ints, Ints, Ints, Bools]:
        """Who sits in which course and when: by one's own choice, and (told) in programmes."""
        person, at = week.occasions(0.75 + 0.3 * week.progress)
        course = week.shelves["course"].drawn(week.rng, len(person), week.monday)
        free = participation.may_take(week, person, course)
        member, taken = participation.sittings(week)
        return (
            np.concatenate([person[free], member]),
            np.concatenate([at[free], week.at_work(member)]),
            np.concatenate([course[free], taken]),
            np.repeat([False, True], [int(free.sum()), len(taken)]),
        )

    def _registrations(self, week: Week, person: Ints, course: Ints, at: Ints) -> Events:
        """People register when they first start; campaigns register everybody."""
        shelf = week.shelves["course"]
        mandatory = np.flatnonzero(shelf.programme == 0)
        campaign = mandatory[(week.number // WEEKS_PER_CAMPAIGN) % len(mandatory)]
        everybody = np.flatnonzero(week.exposed)
        assigned = everybody[~self._registered[everybody, campaign]]
        self._registered[assigned, campaign] = True
        own = first_of_pairs(person, course) & ~self._registered[person, course]
        self._registered[person, course] = True
        who = np.concatenate([person[own], assigned])
        what = np.concatenate([course[own], np.full(len(assigned), campaign)])
        morning = week.start + 6 * HOUR + np.arange(len(assigned)) * 7
        sent = week.clock.from_local(morning, week.people.zone[assigned])
        when = np.concatenate([at[own] - week.pause(int(own.sum()), 30, 90), sent])
        context = _contexts(week, who, what, None)
        return week.events("registered", who, when, chosen(shelf.text, what), context=context)

    def _courses(
        self, week: Week, person: Ints, course: Ints, at: Ints, in_programme: Bools
    ) -> Events:
        """Launched, initialized, perhaps completed, passed or failed, terminated."""
        count, shelf = len(person), week.shelves["course"]
        spent = week.spent(shelf.length[course] // 2)
        first = first_of_pairs(person, course) & ~self._completed[person, course]
        done = week.chance(COMPLETING_SHARE, count) & first
        self._completed[person[done], course[done]] = True
        skill = shelf.skill[course]
        known = week.knowledge.of(person, skill)
        score = np.clip(week.rng.normal(0.6 + 0.36 * known, 0.12, count), 0.05, 1.0).round(2)
        passed = score >= PASS_MARK
        week.knowledge.learn(person, skill, GAIN, in_programme=in_programme)
        mastered = done & passed
        week.knowledge.attain(person[mastered], skill[mastered], week.number)
        took = lasting(spent // 1000)
        unplausible = week.chance(IMPLAUSIBLE_SHARE, count)
        hours = np.where(unplausible, 27 + person % 40, 0)
        lasted = [f'"PT{h}H"' if h else text for h, text in zip(hours.tolist(), took, strict=True)]
        context = _contexts(week, person, course, random_ids(week.rng, count))
        thing, end = chosen(shelf.text, course), at + spent
        judged = results({"score": scaled(score), "success": flags(passed), "duration": took})
        finished = results({"completion": "true", "duration": took})
        closed = results({"duration": lasted})
        launch = at + week.pause(count, 3, 15)
        note = unplausible * IMPLAUSIBLE
        judge = (person, end - 1500, thing)
        return joined((
            week.events("launched", person, at, thing, context=context),
            week.events("initialized", person, launch, thing, context=context),
            week.events(
                "completed", person, end - 2500, thing, result=finished, context=context
            ).where(done),
            week.events("passed", *judge, result=judged, context=context).where(done & passed),
            week.events("failed", *judge, result=judged, context=context).where(done & ~passed),
            week.events(
                "terminated", person, end, thing, result=closed, context=context, note=note
            ),
        ))  # fmt: skip


def first_of_pairs(first: Ints, second: Ints) -> Bools:
    """The first place at which each pair of numbers stands."""
    found = np.zeros(len(first), dtype=np.bool_)
    found[np.unique(first * 1000 + second, return_index=True)[1]] = True
    return found


def _contexts(week: Week, person: Ints, course: Ints, sessions: list[str] | None) -> list[str]:
    """cmi5's context: registration, session id, category, and the programme around the course."""
    paths = chosen(PATHS, week.shelves["course"].programme[course])
    around: Columns = {
        "grouping": [f"[{path}]" for path in paths],
        "category": f'[{{"id":"{CMI5}/categories/cmi5"}}]',
    }
    columns: dict[str, list[str] | str] = {
        "registration": quoted(keyed_ids(week.seed, person, course)),
        "contextActivities": objects(around),
        "platform": '"Hinode Academy"',
    }
    if sessions is not None:
        columns["extensions"] = objects({f"{CMI5}/extensions/sessionid": quoted(sessions)})
    return contexts(columns)
