"""Chat, forum and mentoring calendar: posts, questions, replies, comments, likes, mentoring.

Habits: people are e-mail addresses; a fifth of the statements has no id; a reply points to its
thread either by reference to the statement or by grouping; likes and shares come in two or three
spellings. The space of a post is its parent.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from xapi_ingest.simulator.events import Events, joined
from xapi_ingest.simulator.moments import DAY, HOUR, MINUTE, Bools, Ints, random_ids
from xapi_ingest.simulator.names import SPACES
from xapi_ingest.simulator.vocabulary import (
    ARTICLE_TYPES,
    CHAT,
    DOMAIN,
    TINCAN_TYPE,
    WIKI,
    activity,
)
from xapi_ingest.simulator.week import Week, chosen

WITHOUT_ID: Final = 0.2
ANNOUNCEMENTS: Final = 0
REPLIES_PER_WEEK: Final = 0.95
# how eagerly each space answers: the shop floor posts and is left alone
ANSWERS: Final = np.array([0.02, 0.42, 0.10, 0.30, 0.16])
ASKS: Final = np.array([0.0, 0.33, 0.30, 0.22, 0.15])


@dataclass(frozen=True)
class Threads:
    """Posts that can be answered, the oldest first."""

    at: Ints
    author: Ints
    space: Ints
    statement_id: list[str]
    iri: list[str]

    def where(self, keep: Bools) -> "Threads":
        """Those threads for which ``keep`` holds."""
        places = np.flatnonzero(keep)
        chosen_ids, chosen_iris = chosen(self.statement_id, places), chosen(self.iri, places)
        return Threads(self.at[keep], self.author[keep], self.space[keep], chosen_ids, chosen_iris)


class Social:
    """What chat and forum remember: the threads of this week and the last."""

    def __init__(self) -> None:
        none = np.zeros(0, dtype=np.int64)
        self._open = Threads(none, none, none, [], [])

    def emit(self, week: Week) -> Events:
        """Everything that people wrote, liked and shared in a week, and who mentored whom."""
        growth = 0.55 + 1.1 * week.progress
        posts, threads = _posts(week, growth)
        self._open = _merged(self._open.where(self._open.at >= week.start - 5 * DAY), threads)
        written = joined((posts, *_replies(week, self._open, growth), _likes(week, self._open, growth), _comments(week, growth), _documents(week)))  # fmt: skip
        return joined((_without_ids(week, written), _mentoring(week)))


def _merged(first: Threads, second: Threads) -> Threads:
    at = np.concatenate([first.at, second.at])
    order = np.argsort(at, kind="stable")
    return Threads(
        at[order],
        np.concatenate([first.author, second.author])[order],
        np.concatenate([first.space, second.space])[order],
        chosen(first.statement_id + second.statement_id, order),
        chosen(first.iri + second.iri, order),
    )


def _without_ids(week: Week, events: Events) -> Events:
    """Leave out a share of the ids, but none that something refers to."""
    bare = (week.rng.random(len(events)) < WITHOUT_ID).tolist()
    kept = ["" if gone and "/threads/" not in thing else i for i, gone, thing in zip(events.ids, bare, events.thing, strict=True)]  # fmt: skip
    return Events(kept, events.person, events.verb, events.thing, events.result, events.context, events.at, events.stored, events.note)  # fmt: skip


def _posts(week: Week, growth: float) -> tuple[Events, Threads]:
    """Posts and questions of people, announcements of the bot."""
    rng, people = week.rng, week.people
    author, at = week.occasions(0.42 * growth * people.voice)
    space = rng.choice(len(SPACES), size=len(author), p=ASKS)
    news = np.full(3, people.bot)
    author = np.concatenate([author, news])
    at = np.concatenate([at, week.start + np.arange(3) * 2 * DAY + 3 * HOUR])
    space = np.concatenate([space, np.full(3, ANNOUNCEMENTS)])
    is_question = (rng.random(len(author)) < 0.5) & (space != ANNOUNCEMENTS)
    ids = random_ids(rng, len(author))
    iris = [f"{CHAT}/threads/{week.monday:%G%V}-{n}" for n in range(len(author))]
    kinds = ("forum-topic", "discussion")
    thing = [activity(iri, f"Thread in {SPACES[s]}", f"{TINCAN_TYPE}{kinds[s % 2]}") for iri, s in zip(iris, space.tolist(), strict=True)]  # fmt: skip
    context = [f',"context":{{"contextActivities":{{"parent":[{text}]}},"platform":"Chat"}}' for text in chosen(week.shelves["forum"].text, space)]  # fmt: skip
    body = [',"result":{"response":"Text withheld by the export."}'] * len(author)
    posted = week.events("posted", author, at, thing, result=body, context=context, ids=ids)
    asked = week.events("asked", author, at, thing, result=body, context=context, ids=ids)
    events = joined((posted.where(~is_question), asked.where(is_question)))
    return events, Threads(at, author, space, ids, iris)


def _replies(week: Week, threads: Threads, growth: float) -> list[Events]:
    """Each answerer takes a recent thread of the space where he happens to be."""
    rng = week.rng
    rate = REPLIES_PER_WEEK * growth * np.sqrt(week.people.voice)
    person, at = week.occasions(rate)
    home = rng.choice(len(SPACES), size=len(person), p=ANSWERS)
    parts = []
    for space in range(len(SPACES)):
        local = threads.where(threads.space == space)
        here = home == space
        who, when = person[here], at[here]
        place = np.searchsorted(local.at, when) - rng.geometric(0.25, size=len(who))
        found = place >= 0
        who, when, place = who[found], when[found], place[found]
        other = local.author[place] != who
        parts.append(_answered(week, local, space, who[other], when[other], place[other]))
    return parts


def _answered(week: Week, local: Threads, space: int, who: Ints, at: Ints, place: Ints) -> Events:
    """Replies with either of the two ways to say to what."""
    forum = week.shelves["forum"].text[space]
    by_statement = (week.rng.random(len(who)) < 0.5).tolist()
    links = [
        f'"statement":{{"objectType":"StatementRef","id":"{local.statement_id[p]}"}},"contextActivities":{{"parent":[{forum}]}}'
        if ref
        else f'"contextActivities":{{"parent":[{forum}],"grouping":[{{"objectType":"Activity","id":"{local.iri[p]}"}}]}}'
        for p, ref in zip(place.tolist(), by_statement, strict=True)
    ]
    thing = [
        activity(
            f"{CHAT}/replies/{week.monday:%G%V}-{space}-{n}", "Reply", f"{TINCAN_TYPE}forum-reply"
        )
        for n in range(len(who))
    ]
    return week.events(
        ("replied", "replied", "responded"), who, at, thing,
        result=[',"result":{"response":"Text withheld by the export."}'] * len(who),
        context=[f',"context":{{{link},"platform":"Chat"}}' for link in links],
    )  # fmt: skip


def _likes(week: Week, threads: Threads, growth: float) -> Events:
    person, at = week.occasions(0.9 * growth)
    place = np.searchsorted(threads.at, at) - week.rng.geometric(0.1, size=len(person))
    found = place >= 0
    person, at, place = person[found], at[found], place[found]
    thing = [f'{{"objectType":"Activity","id":"{iri}"}}' for iri in chosen(threads.iri, place)]
    return week.events(("liked", "like", "like_1"), person, at, thing)


def _comments(week: Week, growth: float) -> Events:
    """Comments under articles."""
    person, at = week.occasions(0.22 * growth * np.sqrt(week.people.voice))
    shelf = week.shelves["article"]
    article = shelf.drawn(week.rng, len(person), week.monday)
    return week.events(
        "commented", person, at, chosen(shelf.text, article),
        result=[',"result":{"response":"Text withheld by the export."}'] * len(person),
    )  # fmt: skip


def _documents(week: Week) -> Events:
    """Notes that people write and share themselves."""
    person, at = week.occasions(0.07 * week.people.voice)
    thing = [
        activity(
            f"{WIKI}/note/{week.monday:%G%V}-{n}", "A note by a colleague", ARTICLE_TYPES[n % 2]
        )
        for n in range(len(person))
    ]
    made = week.events(("create", "create_1"), person, at, thing)
    shared = week.events(("share", "share_1"), person, at + 5 * MINUTE, thing)
    return joined((made, shared.where(week.rng.random(len(person)) < 0.7)))


def _mentoring(week: Week) -> Events:
    """A mentor's hour and, on the other side, the same hour of the one who is mentored."""
    rng, people = week.rng, week.people
    mentee, at = week.occasions(0.05 + 0.07 * week.progress)
    mentor = people.manager[mentee]
    met = mentor >= 0
    met[met] = week.exposed[mentor[met]]
    mentee, mentor, at = mentee[met], mentor[met], at[met]
    thing = [
        activity(
            f"{CHAT}/mentoring/{week.monday:%G%V}-{n}", "Mentoring", f"{TINCAN_TYPE}tutor-session"
        )
        for n in range(len(mentee))
    ]
    minutes = np.array([25, 30, 45])[rng.integers(0, 3, size=len(mentee))]
    result = [f',"result":{{"duration":"PT{m}M"}}' for m in minutes.tolist()]
    context = [f',"context":{{"instructor":{{"objectType":"Agent","mbox":"mailto:{people.username[m]}@{DOMAIN}"}}}}' for m in mentor.tolist()]  # fmt: skip
    end = at + minutes * MINUTE
    return joined((
        week.events("mentored", mentor, end, thing, result=result, context=context),
        week.events("attended", mentee, end, thing, result=result, context=context),
    ))  # fmt: skip
