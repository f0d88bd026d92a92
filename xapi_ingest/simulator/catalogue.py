"""What there is to learn from: courses, workshops, videos, articles, checklists, simulations.

Use follows Zipf's law: the r-th item of a kind is used in proportion to 1/r. The last items of each
kind are dead stock, which nobody opens; some items are retired during the period.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from xapi_ingest.simulator.moments import Floats, Ints
from xapi_ingest.simulator.names import COURSES, PROGRAMMES, SPACES, TOPICS
from xapi_ingest.simulator.programmes import CATALOGUE as PROGRAMME_FACTS
from xapi_ingest.simulator.skills import skill_of_shelf
from xapi_ingest.simulator.vocabulary import (
    ACROSSX_TYPE,
    ADL_TYPE,
    ARTICLE_TYPES,
    CHAT,
    COURSE_TYPES,
    DESK,
    LMS,
    TINCAN_TYPE,
    VIDEO,
    VIDEO_TYPE,
    WIKI,
    activity,
)


@dataclass(frozen=True)
class Kind:
    """How one kind of content is made.

    Args:
        count: Items.
        title: What a topic's item is called.
        address: What item addresses start with.
        types: Activity types, used in turn.
        length: Shortest and longest design length in seconds.
        dead: Items at the end of the shelf that nobody opens.
    """

    count: int
    title: str
    address: str
    types: tuple[str, ...]
    length: tuple[int, int]
    dead: int = 0


KINDS: Final = {
    "course": Kind(24, "{}: course", f"{LMS}/course/", COURSE_TYPES, (1200, 3600)),
    "workshop": Kind(6, "{}: workshop", f"{LMS}/workshop/", COURSE_TYPES[1:], (3600, 10800)),
    "quiz": Kind(10, "{}: quiz", f"{LMS}/quiz/", (f"{ADL_TYPE}assessment",), (300, 900)),
    "video": Kind(30, "{}: video", f"{VIDEO}/watch/", (VIDEO_TYPE,), (180, 1200), dead=5),
    "article": Kind(28, "{}: how-to", f"{WIKI}/article/", ARTICLE_TYPES, (60, 420), dead=5),
    "document": Kind(
        8, "{}: reference", f"{WIKI}/document/", (f"{TINCAN_TYPE}document",), (120, 900), dead=2
    ),
    "checklist": Kind(
        8, "{}: checklist", f"{DESK}/checklist/", (f"{TINCAN_TYPE}checklist",), (120, 600)
    ),
    "simulation": Kind(
        6, "{}: simulation", f"{DESK}/simulation/", (f"{ADL_TYPE}simulation",), (600, 1500), dead=1
    ),
    "forum": Kind(5, "{}", f"{CHAT}/spaces/", (f"{ACROSSX_TYPE}online-discussion",), (0, 1)),
}
OFFERINGS: Final = ("course", "workshop")


@dataclass(frozen=True)
class Stock:
    """The items of one kind, the most used first."""

    iri: list[str]
    title: list[str]
    text: list[str]  # the activity as JSON
    length: Ints  # design length in seconds
    programme: Ints  # place in PROGRAMMES; −1: none
    skill: Ints  # place in SKILLS
    published: Ints  # days since 1970
    retired: Ints  # days since 1970; far ahead while live
    reviewed: Ints
    weight: Floats  # of use while live

    def drawn(self, rng: np.random.Generator, count: int, monday: date) -> Ints:
        """Items that ``count`` readers open in the week of ``monday``."""
        day = np.datetime64(monday, "D").astype(np.int64)
        live = self.weight * (self.published <= day) * (self.retired > day + 6)
        found: Ints = rng.choice(len(live), size=count, p=live / live.sum())
        return found


NEVER_RETIRED: Final = 10**6
_PROGRAMME_SKILLS: Final = tuple(programme.skill_id for programme in PROGRAMME_FACTS)


def stock_shelves(rng: np.random.Generator, start: date, weeks: int) -> dict[str, Stock]:
    """Every item of every kind."""
    return {kind: _stocked(rng, kind, start, weeks) for kind in KINDS}


def _stocked(rng: np.random.Generator, kind: str, start: date, weeks: int) -> Stock:
    made = KINDS[kind]
    count, dead = made.count, made.dead
    titles = _titles(rng, kind)
    iris = [f"{made.address}{number + 1:03d}" for number in range(count)]
    types = made.types * count
    first = int(np.datetime64(start, "D").astype(np.int64))
    weight = 1.0 / np.arange(1, count + 1)
    weight[count - dead :] = 0.0
    published = first - rng.integers(60, 1500, size=count)
    if dead:  # some of the tail appears while we look, some of it goes
        published[count - dead - 3 : count - dead - 1] = first + 7 * rng.integers(1, weeks, size=2)
    retired = np.full(count, NEVER_RETIRED)
    if dead:
        retired[count - dead - 4] = first + 7 * int(rng.integers(1, weeks))
    programme = np.arange(count) % len(PROGRAMMES) if kind in OFFERINGS else np.full(count, -1)
    last_look = published + (rng.random(count) * np.maximum(first - published, 0)).astype(np.int64)
    return Stock(
        iri=iris,
        title=titles,
        text=list(map(activity, iris, titles, types)),
        length=rng.integers(*made.length, size=count),
        programme=programme,
        skill=skill_of_shelf(kind, count, _PROGRAMME_SKILLS),
        published=published,
        retired=retired,
        reviewed=last_look,
        weight=weight,
    )


def _titles(rng: np.random.Generator, kind: str) -> list[str]:
    """Spaces and courses have names of their own, the rest is called by a topic."""
    if kind == "forum":
        return list(SPACES)
    if kind == "course":
        return [title for row in zip(*COURSES, strict=True) for title in row]
    topics = rng.permutation(len(TOPICS))[: KINDS[kind].count].tolist()
    return [KINDS[kind].title.format(TOPICS[topic]) for topic in topics]
