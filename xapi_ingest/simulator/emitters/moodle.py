"""The LMS's Moodle part: pages of courses, quizzes, and a plug-in that nobody else knows.

Habits: pages carry the registration for their course and no duration, and ticking them off comes
under three spellings of completed; quizzes report every answer and then the outcome.
"""

from typing import Final

import numpy as np

from xapi_ingest.simulator.events import UNMAPPED_TYPE, Events, joined
from xapi_ingest.simulator.members import contexts, flags, inside, lasting, quoted, results, scaled
from xapi_ingest.simulator.moments import (
    MINUTE,
    SECOND,
    WEEK,
    Bools,
    Floats,
    Ints,
    keyed_ids,
)
from xapi_ingest.simulator.vocabulary import ADL_TYPE, LMS, UNKNOWN_TYPE, activity
from xapi_ingest.simulator.week import Week, chosen

PASS_MARK: Final = 0.6
TICKED_SHARE: Final = 0.45
PAGES_PER_COURSE: Final = 5
SECONDS_PER_QUESTION: Final = 45
QUESTIONS: Final = 8
RETAKING_SHARE: Final = 0.6
GAIN: Final = 0.03  # share of the gap in a skill that a quiz closes
ABILITY: Final = 4.5  # standard scores between knowing nothing and everything
ITEM_BANK: Final = 1968  # the questions are the same in every company
PAGE_TYPES: Final = (f"{ADL_TYPE}lesson", f"{ADL_TYPE}module")
PORTAL: Final = activity(LMS, "Learning portal", "http://id.tincanapi.com/activitytype/lms")
LEADERBOARD: Final = activity(f"{LMS}/leaderboard", "Leaderboard", UNKNOWN_TYPE)
_NOBODY: Final = np.zeros(0, dtype=np.int64)
COMPLETIONS: Final = ("completed", "completed_secure", "completed_stream")


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


class Moodle:
    """What this part remembers from week to week: who is to sit a failed quiz again."""

    def __init__(self) -> None:
        self._again: tuple[Ints, Ints, Ints] = (_NOBODY, _NOBODY, _NOBODY)

    def emit(self, week: Week) -> Events:
        """Everything that the Moodle part records in a week."""
        return joined((_pages(week), self._quizzes(week), _games(week)))

    def _quizzes(self, week: Week) -> Events:
        """Questions answered one by one, then the assessment passed or failed; fewer every week.

        Whoever fails tries again some days later, mostly; a quiz is also retrieval practice.
        """
        shelf, rng = week.shelves["quiz"], week.rng
        person, at = week.occasions(0.36 - 0.14 * week.progress)
        quiz = shelf.drawn(rng, len(person), week.monday)
        person, quiz, at = self._with_retakes(week, person, quiz, at)
        asked = rng.integers(4, QUESTIONS + 1, size=len(person))
        right = _right(week, person, quiz, asked)
        total = np.concatenate([[0], np.cumsum(right)])
        last = np.cumsum(asked)
        score = (total[last] - total[last - asked]) / asked
        passed = score >= PASS_MARK
        week.knowledge.learn(person, shelf.skill[quiz], GAIN)
        retakes = ~passed & week.chance(RETAKING_SHARE, len(person))
        self._again = (person[retakes], quiz[retakes], at[retakes])
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

    def _with_retakes(
        self, week: Week, person: Ints, quiz: Ints, at: Ints
    ) -> tuple[Ints, Ints, Ints]:
        """This week's sittings and those of the people who failed last week."""
        who, what, when = self._again
        there = week.exposed[who]
        who, what, when = who[there], what[there], when[there] + WEEK
        return (
            np.concatenate([person, who]),
            np.concatenate([quiz, what]),
            np.concatenate([at, when]),
        )


def item_difficulty(quizzes: int) -> Floats:
    """The difficulty of every question (quizzes × questions), in standard scores of ability."""
    return np.random.default_rng(ITEM_BANK).normal(-0.3, 0.9, size=(quizzes, QUESTIONS))


def item_discrimination(quizzes: int) -> Floats:
    """How well every question tells the able from the less able (quizzes × questions)."""
    drawn = np.random.default_rng(ITEM_BANK + 1).lognormal(0.1, 0.35, size=(quizzes, QUESTIONS))
    found: Floats = drawn
    return found


def _right(week: Week, person: Ints, quiz: Ints, asked: Ints) -> Bools:
    """Which answers are right: the two-parameter logistic model (Birnbaum 1968)."""
    shelf = week.shelves["quiz"]
    known = week.knowledge.of(person, shelf.skill[quiz])
    ability = ABILITY * (known - 0.5) + week.rng.normal(0.0, 0.4, len(person))
    number = counted(asked)
    what = np.repeat(quiz, asked)
    difficulty = item_difficulty(len(shelf.iri))[what, number]
    slope = item_discrimination(len(shelf.iri))[what, number]
    chance = 1.0 / (1.0 + np.exp(-slope * (np.repeat(ability, asked) - difficulty)))
    found: Bools = week.rng.random(len(chance)) < chance
    return found


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
