"""The learning management system: cmi5 courses, Moodle-like modules, quizzes, live sessions.

Habits: people are accounts by user name; every session has a registration and a session id; cmi5
repeats the duration on completed, passed or failed, and terminated; modules carry no duration and
their completion comes under three spellings.
"""

from typing import Final

import numpy as np

from xapi_ingest.simulator.events import IMPLAUSIBLE, UNMAPPED_TYPE, Events, joined
from xapi_ingest.simulator.moments import (
    HOUR,
    MINUTE,
    Bools,
    Ints,
    duration_texts,
    keyed_ids,
    random_ids,
)
from xapi_ingest.simulator.names import PROGRAMMES
from xapi_ingest.simulator.vocabulary import (
    ACROSSX_TYPE,
    ADL_TYPE,
    CMI5,
    DELIVERY_MODE,
    LMS,
    UNKNOWN_TYPE,
    activity,
)
from xapi_ingest.simulator.week import Week, chosen

PASS_MARK: Final = 0.7
IMPLAUSIBLE_SHARE: Final = 0.004
PATHS: Final = tuple(
    activity(
        f"{LMS}/programme/{programme}",
        name,
        f"{ACROSSX_TYPE}learning-plan"
        if number % 2
        else "https://w3id.org/xapi/cmi5/activitytype/block",
    )
    for number, (programme, name, _) in enumerate(PROGRAMMES)
)
MODULES_PER_COURSE: Final = 5
LEADERBOARD: Final = activity(f"{LMS}/leaderboard", "Leaderboard", UNKNOWN_TYPE)
SYSTEM: Final = activity(LMS, "Learning portal", "http://id.tincanapi.com/activitytype/lms")


class Lms:
    """What the LMS remembers from week to week: who is registered for what."""

    def __init__(self, employees: int, courses: int) -> None:
        self.registered = np.zeros((employees, courses), dtype=np.bool_)
        self.completed = np.zeros((employees, courses), dtype=np.bool_)

    def emit(self, week: Week) -> Events:
        """Everything that the LMS records in a week."""
        person, at = week.occasions(0.55)
        course = week.shelves["course"].drawn(week.rng, len(person), week.monday)
        parts = [
            self._registrations(week, person, course, at),
            self._courses(week, person, course, at),
            _logins(week, person, at),
            _modules(week),
            _quizzes(week),
            _live_sessions(week),
            _games(week),
        ]
        return joined(parts)

    def _registrations(self, week: Week, person: Ints, course: Ints, at: Ints) -> Events:
        """People register when they first start; the mandatory programme registers everybody."""
        mandatory = week.shelves["course"].programme == 0
        all_people = np.flatnonzero(week.exposed)
        number = np.flatnonzero(mandatory)[(week.number // 4) % int(mandatory.sum())]
        fresh = all_people[~self.registered[all_people, number]]
        assigned_at = np.full(len(fresh), week.start + 6 * HOUR) + np.arange(len(fresh)) * 7
        first = _firsts(person, course) & ~self.registered[person, course]
        self.registered[person, course] = True
        self.registered[fresh, number] = True
        repeats = np.isin(person[first] * 1000 + course[first], fresh * 1000 + number)
        own, own_course, own_at = (column[first][~repeats] for column in (person, course, at))
        who = np.concatenate([own, fresh])
        what = np.concatenate([own_course, np.full(len(fresh), number)])
        when = np.concatenate([own_at - week.pause(len(own), 30, 90), assigned_at])
        return week.events(
            "registered", who, when, chosen(week.shelves["course"].text, what),
            context=_contexts(week, who, what, None),
        )  # fmt: skip

    def _courses(self, week: Week, person: Ints, course: Ints, at: Ints) -> Events:
        """Launched, initialized, perhaps completed, passed or failed, terminated."""
        rng, shelf, count = week.rng, week.shelves["course"], len(person)
        spent = week.spent(shelf.length[course] // 2)
        done = (rng.random(count) < 0.5) & ~self.completed[person, course] & _firsts(person, course)
        self.completed[person[done], course[done]] = True
        score = np.clip(rng.normal(0.78, 0.13, count), 0.05, 1.0)
        passed = done & (score >= PASS_MARK)
        context = _contexts(week, person, course, random_ids(rng, count))
        took = duration_texts(spent // 1000)
        broken_clock = rng.random(count) < IMPLAUSIBLE_SHARE
        lasted = [f"PT{27 + n % 40}H" if bad else text for n, (bad, text) in enumerate(zip(broken_clock.tolist(), took, strict=True))]  # fmt: skip
        end = at + spent
        judged = [f',"result":{{"score":{{"scaled":{s:.2f}}},"success":{p},"duration":"{d}"}}' for s, p, d in zip(score.tolist(), np.where(passed, "true", "false").tolist(), took, strict=True)]  # fmt: skip
        finished = [f',"result":{{"completion":true,"duration":"{d}"}}' for d in took]
        closed = [f',"result":{{"duration":"{d}"}}' for d in lasted]
        thing = chosen(shelf.text, course)
        steps = (
            week.events("launched", person, at, thing, context=context),
            week.events("initialized", person, at + week.pause(count, 3, 15), thing, context=context),
            week.events("completed", person, end - 2500, thing, result=finished, context=context).where(done),
            week.events("passed", person, end - 1500, thing, result=judged, context=context).where(passed),
            week.events("failed", person, end - 1500, thing, result=judged, context=context).where(done & ~passed),
            week.events("terminated", person, end, thing, result=closed, context=context, note=broken_clock * IMPLAUSIBLE),
        )  # fmt: skip
        return joined(steps)


def _firsts(person: Ints, course: Ints) -> Bools:
    """The first occasion of each pair of person and course."""
    found = np.zeros(len(person), dtype=np.bool_)
    found[np.unique(person * 1000 + course, return_index=True)[1]] = True
    return found


def _contexts(week: Week, person: Ints, course: Ints, sessions: list[str] | None) -> list[str]:
    """cmi5's context: registration, session id, category, and the programme around the course."""
    registrations = keyed_ids(week.seed, person, course)
    paths = chosen(PATHS, week.shelves["course"].programme[course])
    marks = [f',"extensions":{{"{CMI5}/extensions/sessionid":"{s}"}}' for s in sessions or ()]
    return [
        f',"context":{{"registration":"{r}","contextActivities":{{"grouping":[{path}],'
        f'"category":[{{"id":"{CMI5}/categories/cmi5"}}]}},"platform":"Hinode Learning"{mark}}}'
        for r, path, mark in zip(registrations, paths, marks or [""] * len(paths), strict=True)
    ]


def _logins(week: Week, person: Ints, at: Ints) -> Events:
    return week.events(
        "logged_in", person, at - week.pause(len(person), 100, 300), [SYSTEM] * len(person)
    )


def _modules(week: Week) -> Events:
    """Pages of Moodle courses: viewed one after the other, half of them ticked off."""
    rng = week.rng
    person, at = week.occasions(0.5)
    course = week.shelves["course"].drawn(rng, len(person), week.monday)
    steps = rng.integers(1, 5, size=len(person))
    who, what, when = (np.repeat(column, steps) for column in (person, course, at))
    step = np.arange(len(who)) - np.repeat(np.cumsum(steps) - steps, steps)
    when = when + step * 4 * MINUTE + week.pause(len(who), 0, 150)
    shelf = week.shelves["course"]
    thing = [
        activity(f"{LMS}/mod/page/view.php?id={c * MODULES_PER_COURSE + s + 1}", f"{shelf.title[c]}, page {s + 1}", f"{ADL_TYPE}{'module' if s % 2 else 'lesson'}")
        for c, s in zip(what.tolist(), step.tolist(), strict=True)
    ]  # fmt: skip
    context = [f',"context":{{"contextActivities":{{"parent":[{text}]}},"platform":"Moodle"}}' for text in chosen(shelf.text, what)]  # fmt: skip
    viewed = week.events(("viewed", "experienced"), who, when, thing, context=context)
    ticked = week.events(
        ("completed", "completed_secure", "completed_stream"), who, when + 100_000, thing,
        result=[',"result":{"completion":true}'] * len(who), context=context,
    )  # fmt: skip
    return joined((viewed, ticked.where(rng.random(len(who)) < 0.45)))


def _quizzes(week: Week) -> Events:
    """Questions answered one by one, then the assessment passed or failed."""
    rng, shelf = week.rng, week.shelves["quiz"]
    person, at = week.occasions(0.30 - 0.12 * week.progress)
    quiz = shelf.drawn(rng, len(person), week.monday)
    asked = rng.integers(4, 9, size=len(person))
    able = np.clip(rng.normal(0.72, 0.15, len(person)), 0.1, 0.98)
    who, what, when, skill = (np.repeat(column, asked) for column in (person, quiz, at, able))
    number = np.arange(len(who)) - np.repeat(np.cumsum(asked) - asked, asked)
    right = rng.random(len(who)) < skill
    thing = [
        activity(f"{shelf.iri[q]}/question/{n + 1}", f"{shelf.title[q]}, question {n + 1}", f"{ADL_TYPE}cmi.interaction")
        for q, n in zip(what.tolist(), number.tolist(), strict=True)
    ]  # fmt: skip
    result = [f',"result":{{"success":{"true" if ok else "false"},"response":"{"abcd"[c]}"}}' for ok, c in zip(right.tolist(), rng.integers(0, 4, len(who)).tolist(), strict=True)]  # fmt: skip
    context = [f',"context":{{"contextActivities":{{"parent":[{text}]}},"platform":"Moodle"}}' for text in chosen(shelf.text, what)]  # fmt: skip
    answers = week.events(
        "answered", who, when + (number + 1) * 45_000, thing, result=result, context=context
    )
    score = np.add.reduceat(right, np.cumsum(asked) - asked) / asked if len(asked) else np.zeros(0)
    outcome = [f',"result":{{"score":{{"scaled":{s:.2f}}},"success":{"true" if s >= PASS_MARK else "false"},"duration":"{d}"}}' for s, d in zip(score.tolist(), duration_texts(asked * 45 + 20), strict=True)]  # fmt: skip
    closing = (person, at + (asked * 45 + 20) * 1000, chosen(shelf.text, quiz))
    good = score >= PASS_MARK
    return joined((
        answers,
        week.events("passed", *closing, result=outcome).where(good),
        week.events("failed", *closing, result=outcome).where(~good),
    ))  # fmt: skip


def _live_sessions(week: Week) -> Events:
    """Workshops: several people at one time, in a room or online, with an instructor."""
    rng, shelf = week.rng, week.shelves["workshop"]
    person, _ = week.occasions(0.10 + 0.14 * week.progress)
    held = max(1, round(len(week.active) / 120))
    begins = week.start + rng.integers(1, 5, held) * 24 * HOUR + rng.integers(5, 9, held) * HOUR
    session = rng.integers(0, held, size=len(person))
    person, session = person[_firsts(person, session)], session[_firsts(person, session)]
    workshop = shelf.drawn(rng, held, week.monday)
    online = rng.random(held) < 0.55 + 0.2 * week.progress
    thing = [
        activity(f"{shelf.iri[w]}/session/{week.monday}-{n}", shelf.title[w], f"{ADL_TYPE}meeting")
        for n, w in enumerate(workshop.tolist())
    ]
    taught = [f',"context":{{"instructor":{{"objectType":"Agent","account":{{"homePage":"{LMS}","name":"system"}}}},"contextActivities":{{"parent":[{shelf.text[w]}]}},"extensions":{{"{DELIVERY_MODE}":"{"live_online" if o else "in_person"}"}}}}' for w, o in zip(workshop.tolist(), online.tolist(), strict=True)]  # fmt: skip
    minutes = np.array([45, 60, 90])[rng.integers(0, 3, size=held)][session]
    return week.events(
        "attended", person, begins[session] + minutes * MINUTE, chosen(thing, session),
        result=[f',"result":{{"duration":"PT{m // 60}H{m % 60}M"}}' for m in minutes.tolist()],
        context=chosen(taught, session),
    )  # fmt: skip


def _games(week: Week) -> Events:
    """A plug-in with a verb and an activity type that nobody else knows."""
    person, at = week.occasions(0.12)
    things = [LEADERBOARD] * len(person)
    streaks = week.events("streaked", person, at, [SYSTEM] * len(person))
    boards = week.events("interacted", person, at + 9000, things, note=UNMAPPED_TYPE)
    return joined((streaks, boards.where(week.rng.random(len(person)) < 0.6)))
