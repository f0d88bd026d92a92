"""Systems of work: search, articles and documents, checklists.

Habits: people are hashes of their addresses; the platform tells a work system from the library;
checklists of the front line are synchronised days later; the desk's client sends a verb of its own.
"""

from typing import Final

import numpy as np

from xapi_ingest.simulator.emitters.moodle import counted
from xapi_ingest.simulator.events import Events, joined
from xapi_ingest.simulator.members import (
    contexts,
    lasting,
    objects,
    quoted,
    results,
)
from xapi_ingest.simulator.moments import DAY, Bools, Ints
from xapi_ingest.simulator.names import QUERIES
from xapi_ingest.simulator.vocabulary import (
    ACROSSX_TYPE,
    DESK,
    RESULT_COUNT,
    TINCAN_TYPE,
    WIKI,
    activity,
)
from xapi_ingest.simulator.week import Week, chosen

PLATFORMS: Final = ("Service Desk", "Work Tablet", "Knowledge Base")
KNOWLEDGE_BASE: Final = 2
PLATFORM_SHARES: Final = {True: (0.45, 0.40, 0.15), False: (0.30, 0.0, 0.70)}  # front line or not
SEARCHES: Final = tuple(
    activity(f"{home}/search", "Search", f"{ACROSSX_TYPE}search-engine")
    for home in (DESK, DESK, WIKI)
)
ZERO_RESULT_SHARE: Final = 0.14
LEADING_SHARE: Final = 0.72
DOCUMENT_SHARE: Final = 0.2
LATE_SHARE: Final = 0.25
STEPS: Final = 4


def emit(week: Week) -> Events:
    """Everything that the systems of work record in a week."""
    return joined((_lookups(week), _checklists(week), _pings(week)))


def _platforms(week: Week, person: Ints) -> Ints:
    """The front line looks things up where it works, the offices in the knowledge base."""
    places = np.arange(len(PLATFORMS))
    drawn = {
        kind: week.rng.choice(places, size=len(person), p=shares)
        for kind, shares in PLATFORM_SHARES.items()
    }
    return np.where(week.is_frontline(person), drawn[True], drawn[False])


def _on(platform: Ints) -> list[str]:
    return contexts({"platform": quoted(chosen(PLATFORMS, platform))})


def _lookups(week: Week) -> Events:
    """A search, and what it led to; or an article opened straight from a bookmark."""
    rng = week.rng
    person, at = week.occasions(2.0 + 1.2 * week.progress)
    count = len(person)
    platform = _platforms(week, person)
    hits = np.where(week.chance(ZERO_RESULT_SHARE, count), 0, rng.geometric(0.12, count))
    words = chosen(QUERIES, rng.zipf(1.4, size=count).astype(np.int64) % len(QUERIES))
    found = objects({RESULT_COUNT: [str(number) for number in hits.tolist()]})
    result = results({"response": quoted(words), "extensions": found})
    searched = week.events(
        ("searched", "searched", "search_1"), person, at, chosen(SEARCHES, platform),
        result=result, context=_on(platform),
    )  # fmt: skip
    led = (hits > 0) & week.chance(LEADING_SHARE, count)
    direct, direct_at = week.occasions(1.2)
    reader = np.concatenate([person[led], direct])
    opened = np.concatenate([at[led] + week.pause(int(led.sum()), 6, 70), direct_at])
    where = np.concatenate([platform[led], _platforms(week, direct)])
    return joined((searched, *_readings(week, reader, opened, where)))


def _readings(week: Week, reader: Ints, at: Ints, platform: Ints) -> list[Events]:
    """Opened at the desk without a duration; viewed in the knowledge base with one."""
    parts = []
    is_document = week.chance(DOCUMENT_SHARE, len(reader))
    in_base = platform == KNOWLEDGE_BASE
    for kind, mine in (("article", ~is_document), ("document", is_document)):
        shelf = week.shelves[kind]
        here: Bools = mine & in_base
        item = shelf.drawn(week.rng, int(here.sum()), week.monday)
        read = week.spent(shelf.length[item], spread=0.6)
        result = results({"duration": lasting(read // 1000)})
        thing, context = chosen(shelf.text, item), _on(platform[here])
        end = at[here] + read
        parts.append(
            week.events("viewed", reader[here], end, thing, result=result, context=context)
        )
        here = mine & ~in_base
        item = shelf.drawn(week.rng, int(here.sum()), week.monday)
        thing, context = chosen(shelf.text, item), _on(platform[here])
        parts.append(
            week.events(("open", "open_1"), reader[here], at[here], thing, context=context)
        )
    return parts


def _checklists(week: Week) -> Events:
    """Step by step at the line; a quarter of them offline, sent when the tablet is back."""
    rng, shelf = week.rng, week.shelves["checklist"]
    rate = np.where(week.people.is_frontline, 1.26, 0.06)
    person, at = week.occasions(rate)
    item = shelf.drawn(rng, len(person), week.monday)
    number = counted(np.full(len(person), STEPS))
    who, what = np.repeat(person, STEPS), np.repeat(item, STEPS)
    when = np.repeat(at, STEPS) + number * 50_000 + week.pause(len(who), 0, 30)
    offline = np.repeat(week.chance(LATE_SHARE, len(person)), STEPS)
    delay = np.repeat(rng.integers(3 * DAY, 13 * DAY, size=len(person)), STEPS) + number * 20
    thing = [
        activity(
            f"{shelf.iri[c]}/item/{n + 1}",
            f"{shelf.title[c]}, item {n + 1}",
            f"{TINCAN_TYPE}checklist-item",
        )
        for c, n in zip(what.tolist(), number.tolist(), strict=True)
    ]
    context = [',"context":{"platform":"Work Tablet"}'] * len(who)
    on_line = week.events(("performed", "interacted"), who, when, thing, context=context)
    later = week.events("performed_offline", who, when, thing, context=context, lag=delay)
    return joined((on_line.where(~offline), later.where(offline)))


def _pings(week: Week) -> Events:
    """The desk's client tells that it is alive, in a verb of its own."""
    person, at = week.occasions(0.15)
    return week.events("pinged", person, at, [SEARCHES[0]] * len(person))
