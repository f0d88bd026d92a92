"""Systems of work: search, articles and documents, checklists, simulations, feedback by managers.

Habits: people are hashes of their addresses; the platform tells a work system from the intranet;
checklists of the front line are synchronised days later; the desk's client sends a verb of its own.
"""

from typing import Final

import numpy as np

from xapi_ingest.simulator.events import Events, joined
from xapi_ingest.simulator.moments import DAY, HOUR, Bools, Ints, duration_texts, random_ids
from xapi_ingest.simulator.names import QUERIES
from xapi_ingest.simulator.vocabulary import (
    ACROSSX_TYPE,
    DESK,
    FEEDBACK,
    RESULT_COUNT,
    TINCAN_TYPE,
    WIKI,
    activity,
)
from xapi_ingest.simulator.week import Week, chosen

PLATFORMS: Final = ("ServiceDesk", "LineTablet", "Intranet")
INTRANET: Final = 2
SEARCHES: Final = tuple(
    activity(f"{DESK if n < INTRANET else WIKI}/search", "Search", f"{ACROSSX_TYPE}search-engine")
    for n in range(len(PLATFORMS))
)
ZERO_RESULTS: Final = 0.14
LATE_SHARE: Final = 0.25
STEPS: Final = 4


def emit(week: Week) -> Events:
    """Everything that the systems of work record in a week."""
    return joined((_lookups(week), _checklists(week), *_simulations(week), _pings(week)))


def _platforms(week: Week, person: Ints) -> Ints:
    """The front line looks things up where it works, the offices on the intranet."""
    frontline = np.append(week.people.is_frontline, [False] * 3)[person]
    drawn = week.rng.random(len(person))
    return np.where(
        frontline,
        np.where(drawn < 0.45, 0, np.where(drawn < 0.85, 1, 2)),
        np.where(drawn < 0.30, 0, 2),
    )


def _platform_contexts(platform: Ints) -> list[str]:
    return [f',"context":{{"platform":"{name}"}}' for name in chosen(PLATFORMS, platform)]


def _lookups(week: Week) -> Events:
    """A search, and what it led to; or an article opened straight from a bookmark."""
    rng = week.rng
    person, at = week.occasions(1.5 + 0.8 * week.progress)
    count = len(person)
    platform = _platforms(week, person)
    hits = np.where(rng.random(count) < ZERO_RESULTS, 0, rng.geometric(0.12, count))
    words = chosen(QUERIES, rng.zipf(1.4, size=count).astype(np.int64) % len(QUERIES))
    result = [f',"result":{{"response":"{w}","extensions":{{"{RESULT_COUNT}":{h}}}}}' for w, h in zip(words, hits.tolist(), strict=True)]  # fmt: skip
    searched = week.events(
        ("searched", "searched", "search_1"), person, at, chosen(SEARCHES, platform),
        result=result, context=_platform_contexts(platform),
    )  # fmt: skip
    led = (hits > 0) & (rng.random(count) < 0.72)
    direct, direct_at = week.occasions(0.9)
    reader = np.concatenate([person[led], direct])
    opened = np.concatenate([at[led] + week.pause(int(led.sum()), 6, 70), direct_at])
    where = np.concatenate([platform[led], _platforms(week, direct)])
    return joined((searched, *_readings(week, reader, opened, where)))


def _readings(week: Week, reader: Ints, at: Ints, platform: Ints) -> list[Events]:
    """Opened at the desk without a duration; viewed on the intranet with one."""
    parts = []
    is_document = week.rng.random(len(reader)) < 0.2
    for kind, mine in (("article", ~is_document), ("document", is_document)):
        shelf = week.shelves[kind]
        for intranet in (False, True):
            here: Bools = mine & ((platform == INTRANET) == intranet)
            item = shelf.drawn(week.rng, int(here.sum()), week.monday)
            read = week.spent(shelf.length[item], spread=0.6)
            parts.append(week.events(
                "viewed" if intranet else ("open", "open_1"),
                reader[here], at[here] + (read if intranet else 0), chosen(shelf.text, item),
                result=[f',"result":{{"duration":"{d}"}}' for d in duration_texts(read // 1000)] if intranet else None,
                context=_platform_contexts(platform[here]),
            ))  # fmt: skip
    return parts


def _checklists(week: Week) -> Events:
    """Step by step at the line; a quarter of them offline, sent when the tablet is back."""
    rng, shelf = week.rng, week.shelves["checklist"]
    person, at = week.occasions(1.1 * week.people.is_frontline + 0.06)
    item = shelf.drawn(rng, len(person), week.monday)
    who, what, when = (np.repeat(column, STEPS) for column in (person, item, at))
    number = np.arange(len(who)) % STEPS
    when = when + number * 50_000 + week.pause(len(who), 0, 30)
    offline = np.repeat(rng.random(len(person)) < LATE_SHARE, STEPS)
    delay = np.repeat(rng.integers(3 * DAY, 13 * DAY, size=len(person)), STEPS) + number * 20
    thing = [
        activity(f"{shelf.iri[c]}/item/{n + 1}", f"{shelf.title[c]}, item {n + 1}", f"{TINCAN_TYPE}checklist-item")
        for c, n in zip(what.tolist(), number.tolist(), strict=True)
    ]  # fmt: skip
    context = [',"context":{"platform":"LineTablet"}'] * len(who)
    on_line = week.events(("performed", "interacted"), who, when, thing, context=context)
    later = week.events("performed_offline", who, when, thing, context=context, lag=delay)
    return joined((on_line.where(~offline), later.where(offline)))


def _simulations(week: Week) -> tuple[Events, Events]:
    """Few try; the manager's judgement follows for a third of the attempts."""
    rng, shelf, people = week.rng, week.shelves["simulation"], week.people
    person, at = week.occasions(0.13 - 0.05 * week.progress)
    item = shelf.drawn(rng, len(person), week.monday)
    spent = week.spent(shelf.length[item])
    score = np.clip(rng.normal(0.62, 0.18, len(person)), 0.0, 1.0)
    ids = random_ids(rng, len(person))
    thing = chosen(shelf.text, item)
    result = [f',"result":{{"score":{{"scaled":{s:.2f}}},"duration":"{d}"}}' for s, d in zip(score.tolist(), duration_texts(spent // 1000), strict=True)]  # fmt: skip
    tried = week.events("attempted", person, at + spent, thing, result=result, ids=ids)
    manager = people.manager[person]
    judged = (manager >= 0) & (rng.random(len(person)) < 0.35)
    judged[judged] = week.exposed[manager[judged]]
    seen = np.flatnonzero(judged)
    said = [f',"result":{{"score":{{"scaled":{s:.2f}}},"extensions":{{"{FEEDBACK}":"Withheld by the export."}}}}' for s in score[seen].tolist()]  # fmt: skip
    context = [f',"context":{{"statement":{{"objectType":"StatementRef","id":"{i}"}},"platform":"ServiceDesk"}}' for i in chosen(ids, seen)]  # fmt: skip
    when = (at + spent)[seen] + rng.integers(HOUR // 2, 30 * HOUR, size=len(seen))
    return tried, week.events(
        "evaluated", manager[seen], when, chosen(thing, seen), result=said, context=context
    )


def _pings(week: Week) -> Events:
    """The desk's client tells that it is alive, in a verb of its own."""
    person, at = week.occasions(0.15)
    return week.events("pinged", person, at, [SEARCHES[0]] * len(person))
