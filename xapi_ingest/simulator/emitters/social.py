"""Chat and forum: posts, questions, announcements, replies, likes, comments, shared notes.

Habits: people are e-mail addresses; a part of the statements has no id; a reply points to its
thread either by reference to the statement or by grouping; likes and shares come in two or three
spellings. The space of a post or reply is its parent.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from xapi_ingest.simulator.emitters import mentoring
from xapi_ingest.simulator.events import Events, joined
from xapi_ingest.simulator.members import (
    WITHHELD,
    contexts,
    inside,
    objects,
    references,
)
from xapi_ingest.simulator.moments import DAY, HOUR, MINUTE, Bools, Ints, random_ids
from xapi_ingest.simulator.names import SPACES
from xapi_ingest.simulator.vocabulary import (
    ANNOUNCEMENT_TYPE,
    ARTICLE_TYPES,
    CHAT,
    CODES,
    TINCAN_TYPE,
    WIKI,
    activity,
)
from xapi_ingest.simulator.week import Week, chosen

WITHOUT_ID: Final = 0.25
ANNOUNCEMENTS, ASK_ANYTHING = 0, 1
# how eagerly each space answers, and how much is asked there: the shop floor is left alone
ANSWERS: Final = np.array([0.02, 0.42, 0.10, 0.30, 0.16])
ASKS: Final = np.array([0.0, 0.33, 0.30, 0.22, 0.15])
TEXT: Final = f',"result":{{"response":{WITHHELD}}}'
TOPIC, DISCUSSION = f"{TINCAN_TYPE}forum-topic", f"{TINCAN_TYPE}discussion"
KINDS: Final = (ANNOUNCEMENT_TYPE, TOPIC, TOPIC, DISCUSSION, DISCUSSION)  # of each space's threads


@dataclass(frozen=True)
class Threads:
    """Posts that can be answered, the oldest first."""

    at: Ints
    author: Ints
    space: Ints
    statement_id: list[str]
    iri: list[str]

    def taken(self, places: Ints) -> "Threads":
        """The threads at ``places``, in that order."""
        return Threads(
            self.at[places],
            self.author[places],
            self.space[places],
            chosen(self.statement_id, places),
            chosen(self.iri, places),
        )

    def with_newer(self, newer: "Threads") -> "Threads":
        """These threads and newer ones, the oldest first."""
        both = Threads(
            np.concatenate([self.at, newer.at]),
            np.concatenate([self.author, newer.author]),
            np.concatenate([self.space, newer.space]),
            self.statement_id + newer.statement_id,
            self.iri + newer.iri,
        )
        return both.taken(np.argsort(both.at, kind="stable"))


class Social:
    """What chat and forum remember: the threads of this week and the end of the last."""

    def __init__(self) -> None:
        none = np.zeros(0, dtype=np.int64)
        self._open = Threads(none, none, none, [], [])

    def emit(self, week: Week) -> Events:
        """Everything that people wrote, liked and shared in a week, and who mentored whom."""
        growth = 0.55 + 1.1 * week.progress
        posts, threads = _posts(week, growth)
        recent = self._open.taken(np.flatnonzero(self._open.at >= week.start - 5 * DAY))
        self._open = recent.with_newer(threads)
        written = (
            posts,
            *_replies(week, self._open, growth),
            _likes(week, self._open, growth),
            _comments(week, growth),
            _notes(week),
        )
        return joined((_without_ids(week, joined(written)), mentoring.emit(week)))


def _without_ids(week: Week, events: Events) -> Events:
    """Leave out a share of the ids, but none of a post: replies refer to those."""
    is_post = np.isin(events.verb, [CODES["posted"], CODES["asked"]])
    bare = (week.chance(WITHOUT_ID, len(events)) & ~is_post).tolist()
    return replace(
        events, ids=["" if gone else i for i, gone in zip(events.ids, bare, strict=True)]
    )


def _posts(week: Week, growth: float) -> tuple[Events, Threads]:
    """Posts and questions of people, announcements, and the reminder of a bot."""
    people = week.people
    author, at = week.occasions(0.8 * growth * people.voice)
    space = week.rng.choice(len(SPACES), size=len(author), p=ASKS)
    times = week.start + np.array([0, 2, 4, 1]) * DAY + 9 * HOUR
    others = np.array([people.spokesperson] * 3 + [people.bot])
    author = np.concatenate([author, others])
    at = np.concatenate([at, week.clock.from_local(times, people.zone[others])])
    space = np.concatenate([space, np.array([ANNOUNCEMENTS] * 3 + [ASK_ANYTHING])])
    count = len(author)
    ids = random_ids(week.rng, count)
    iris = [f"{CHAT}/threads/{week.monday:%G%V}-{n}" for n in range(count)]
    places = space.tolist()
    thing = [
        activity(iri, f"Thread in {SPACES[s]}", KINDS[s])
        for iri, s in zip(iris, places, strict=True)
    ]
    context = _in_space(chosen(week.shelves["forum"].text, space))
    post = (author, at, thing)
    asks = week.chance(0.5, count) & (space != ANNOUNCEMENTS)
    posted = week.events("posted", *post, result=[TEXT] * count, context=context, ids=ids)
    asked = week.events("asked", *post, result=[TEXT] * count, context=context, ids=ids)
    events = joined((posted.where(~asks), asked.where(asks)))
    return events, Threads(at, author, space, ids, iris)


def _in_space(forums: list[str]) -> list[str]:
    return contexts({"contextActivities": inside(forums), "platform": '"Chat"'})


def _replies(week: Week, threads: Threads, growth: float) -> list[Events]:
    """Each answerer takes a recent thread of the space that he or she looks into."""
    person, at = week.occasions(1.9 * growth * np.sqrt(week.people.voice))
    looks = week.rng.choice(len(SPACES), size=len(person), p=ANSWERS)
    order = np.argsort(at, kind="stable")
    person, at, looks = person[order], at[order], looks[order]
    parts = []
    for space in range(len(SPACES)):
        local = threads.taken(np.flatnonzero(threads.space == space))
        who, when = person[looks == space], at[looks == space]
        place = np.searchsorted(local.at, when) - week.rng.geometric(0.25, size=len(who))
        who, when, place = (column[place >= 0] for column in (who, when, place))
        other: Bools = local.author[place] != who
        parts.append(_answers(week, local.taken(place[other]), who[other], when[other]))
    return parts


def _answers(week: Week, threads: Threads, who: Ints, at: Ints) -> Events:
    """Replies, one to each of ``threads``, with either of the two ways to say to what."""
    count = len(who)
    forums = chosen(week.shelves["forum"].text, threads.space)
    grouped = objects({
        "parent": [f"[{text}]" for text in forums],
        "grouping": [f'[{{"objectType":"Activity","id":"{iri}"}}]' for iri in threads.iri],
    })  # fmt: skip
    by_thread = contexts({"contextActivities": grouped, "platform": '"Chat"'})
    by_statement = contexts({
        "statement": references(threads.statement_id),
        "contextActivities": inside(forums),
        "platform": '"Chat"',
    })  # fmt: skip
    refers = week.chance(0.5, count).tolist()
    context = [
        a if refer else b for a, b, refer in zip(by_statement, by_thread, refers, strict=True)
    ]
    serial = [
        f"{thread.rpartition('/')[2]}-{moment}"
        for thread, moment in zip(threads.iri, at.tolist(), strict=True)
    ]
    thing = [activity(f"{CHAT}/replies/{s}", "Reply", f"{TINCAN_TYPE}forum-reply") for s in serial]
    verbs = ("replied", "replied", "responded")
    return week.events(verbs, who, at, thing, result=[TEXT] * count, context=context)


def _likes(week: Week, threads: Threads, growth: float) -> Events:
    """Likes of recent threads, mostly the newest; the export names the thread by its id alone."""
    person, at = week.occasions(1.4 * growth)
    place = np.searchsorted(threads.at, at) - week.rng.geometric(0.1, size=len(person))
    person, at, place = (column[place >= 0] for column in (person, at, place))
    thing = [f'{{"objectType":"Activity","id":"{iri}"}}' for iri in chosen(threads.iri, place)]
    return week.events(("liked", "like", "like_1"), person, at, thing)


def _comments(week: Week, growth: float) -> Events:
    """Comments under articles."""
    person, at = week.occasions(0.5 * growth * np.sqrt(week.people.voice))
    shelf = week.shelves["article"]
    article = shelf.drawn(week.rng, len(person), week.monday)
    thing = chosen(shelf.text, article)
    return week.events("commented", person, at, thing, result=[TEXT] * len(person))


def _notes(week: Week) -> Events:
    """Notes that people write themselves and mostly share."""
    person, at = week.occasions(0.07 * week.people.voice)
    thing = [
        activity(f"{WIKI}/note/{week.monday:%G%V}-{n}", "A colleague's note", ARTICLE_TYPES[n % 2])
        for n in range(len(person))
    ]
    made = week.events(("create", "create_1"), person, at, thing)
    shared = week.events(("share", "share_1"), person, at + 5 * MINUTE, thing)
    return joined((made, shared.where(week.chance(0.7, len(person)))))
