"""The LMS's Moodle part: pages of courses, quizzes, and a plug-in that nobody else knows.

Habits: pages carry the registration for their course and no duration, and ticking them off comes
under three spellings of completed; quizzes report every answer and then the outcome.
"""

from typing import Final

import numpy as np

from xapi_ingest.simulator.events import UNMAPPED_TYPE, Events, joined
from xapi_ingest.simulator.members import contexts, flags, inside, lasting, quoted, results, scaled
from xapi_ingest.simulator.moments import MINUTE, SECOND, Ints, keyed_ids
from xapi_ingest.simulator.vocabulary import ADL_TYPE, LMS, UNKNOWN_TYPE, activity
from xapi_ingest.simulator.week import Week, chosen

PASS_MARK: Final = 0.6
TICKED_SHARE: Final = 0.45
PAGES_PER_COURSE: Final = 5
SECONDS_PER_QUESTION: Final = 45
PAGE_TYPES: Final = (f"{ADL_TYPE}lesson", f"{ADL_TYPE}module")
PORTAL: Final = activity(LMS, "Learning portal", "http://id.tincanapi.com/activitytype/lms")
LEADERBOARD: Final = activity(f"{LMS}/leaderboard", "Leaderboard", UNKNOWN_TYPE)
COMPLETIONS: Final = ("completed", "completed_secure", "completed_stream")


def emit(week: Week) -> Events:
    """Everything that the Moodle part records in a week."""
    return joined((_pages(week), _quizzes(week), _games(week)))


def counted(lengths: Ints) -> Ints:
    """0, 1, 2 … within each run of the given lengths."""
    return np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)


def _pages(week: Week) -> Events:
    """Pages viewed one after the other, some of them ticked off."""
    person, at = week.occasions(0.7)
    shelf = week.shelves["course"]
    course = shelf.drawn(week.rng, len(person), week.monday)
    steps = week.rng.integers(1, PAGES_PER_COURSE, size=len(person))
    step = counted(steps)
    who, what = np.repeat(person, steps), np.repeat(course, steps)
    when = np.repeat(at, steps) + step * 4 * MINUTE + week.pause(len(who), 0, 150)
    thing = [
        activity(
            f"{LMS}/mod/page/view.php?id={c * PAGES_PER_COURSE + s + 1}",
            f"{shelf.title[c]}, page {s + 1}",
            PAGE_TYPES[s % 2],
        )
        for c, s in zip(what.tolist(), step.tolist(), strict=True)
    ]
    context = _contexts(chosen(shelf.text, what), keyed_ids(week.seed, who, what))
    viewed = week.events(("viewed", "experienced"), who, when, thing, context=context)
    ticks = [',"result":{"completion":true}'] * len(who)
    done = when + 100 * SECOND
    ticked = week.events(COMPLETIONS, who, done, thing, result=ticks, context=context)
    return joined((viewed, ticked.where(week.chance(TICKED_SHARE, len(who)))))


def _quizzes(week: Week) -> Events:
    """Questions answered one by one, then the assessment passed or failed; fewer every week."""
    shelf, rng = week.shelves["quiz"], week.rng
    person, at = week.occasions(0.36 - 0.14 * week.progress)
    quiz = shelf.drawn(rng, len(person), week.monday)
    asked = rng.integers(4, 9, size=len(person))
    able = np.clip(rng.normal(0.72, 0.15, len(person)), 0.1, 0.98)
    right = rng.random(int(asked.sum())) < np.repeat(able, asked)
    total = np.concatenate([[0], np.cumsum(right)])
    last = np.cumsum(asked)
    score = (total[last] - total[last - asked]) / asked
    passed = score >= PASS_MARK
    seconds = asked * SECONDS_PER_QUESTION + 20
    outcome = results({
        "score": scaled(score), "success": flags(passed), "duration": lasting(seconds),
    })  # fmt: skip
    closing = (person, at + seconds * SECOND, chosen(shelf.text, quiz))
    return joined((
        _answers(week, (person, quiz, at), asked, flags(right)),
        week.events("passed", *closing, result=outcome).where(passed),
        week.events("failed", *closing, result=outcome).where(~passed),
    ))  # fmt: skip


def _answers(week: Week, sitting: tuple[Ints, Ints, Ints], asked: Ints, right: list[str]) -> Events:
    shelf = week.shelves["quiz"]
    who, what, start = (np.repeat(column, asked) for column in sitting)
    number = counted(asked)
    when = start + (number + 1) * SECONDS_PER_QUESTION * SECOND
    letters = chosen("abcd", week.rng.integers(0, 4, size=len(who)))
    thing = [
        activity(
            f"{shelf.iri[q]}/question/{n + 1}",
            f"{shelf.title[q]}, question {n + 1}",
            f"{ADL_TYPE}cmi.interaction",
        )
        for q, n in zip(what.tolist(), number.tolist(), strict=True)
    ]
    result = results({"success": right, "response": quoted(letters)})
    context = _contexts(chosen(shelf.text, what))
    return week.events("answered", who, when, thing, result=result, context=context)


def _contexts(parents: list[str], registrations: list[str] | None = None) -> list[str]:
    columns: dict[str, list[str] | str] = {
        "contextActivities": inside(parents),
        "platform": '"Moodle"',
    }
    if registrations is not None:
        columns["registration"] = quoted(registrations)
    return contexts(columns)


def _games(week: Week) -> Events:
    """A plug-in with a verb and an activity type of its own."""
    person, at = week.occasions(0.12)
    count = len(person)
    streaks = week.events("streaked", person, at, [PORTAL] * count)
    boards = week.events(
        "interacted", person, at + 9 * SECOND, [LEADERBOARD] * count, note=UNMAPPED_TYPE
    )
    return joined((streaks, boards.where(week.chance(0.6, count))))
