"""What goes wrong on the way: resends, conflicts, voids, late and broken statements, all counted.

A feed is one source's way out. It takes the events of a week, writes them as text and puts each
into the file of the week in which it is stored or sent.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Final

import numpy as np

from xapi_ingest.simulator.accounts import actors_by_source
from xapi_ingest.simulator.events import IMPLAUSIBLE, UNMAPPED_TYPE, Events, statement_texts
from xapi_ingest.simulator.moments import DAY, WEEK, Ints, random_ids, time_texts
from xapi_ingest.simulator.truth import Truth
from xapi_ingest.simulator.vocabulary import CODES, UNKNOWN_CODES, VERB_TEXTS, VERBS
from xapi_ingest.simulator.world import World

BROKEN_KINDS: Final = (
    "verb missing", "actor missing", "object missing", "timestamp impossible", "id not a UUID",
)  # fmt: skip
BROKEN_SHARE: Final = 0.0002
LEARNING: Final = np.array([verb.is_learning for verb in VERBS])
_SCALED = re.compile(r'"scaled":[0-9.]+')


@dataclass(frozen=True)
class FaultRates:
    """Shares of a source's statements that are sent again, contradicted or voided a week later."""

    duplicate: float
    conflict: float
    void: float


RATES: Final = {
    "lms": FaultRates(0.008, 0.0012, 0.0012),
    "video": FaultRates(0.006, 0.0, 0.0004),
    "social": FaultRates(0.012, 0.0, 0.003),
    "work": FaultRates(0.010, 0.0, 0.0006),
    "lab": FaultRates(0.010, 0.0, 0.0006),
}


class Feed:
    """One source's files, week by week."""

    def __init__(self, source: str, world: World, truth: Truth) -> None:
        self._source = source
        self._actors = actors_by_source(world.people, world.identities)[source]
        self._identities = world.identities
        self._people = world.people
        self._clock = world.clock
        self._feeds = world.feeds
        self._truth = truth
        self._count = truth.sources[source]
        self._waiting: defaultdict[int, list[tuple[Ints, list[str]]]] = defaultdict(list)

    def deliver(self, rng: np.random.Generator, week: int, made: Events) -> list[str]:
        """The statements of the week's file, in the order in which the system stored them."""
        events = self._inside(made)
        end = self._clock.start_ms + self._clock.weeks * WEEK
        too_late = events.stored >= end
        stored = np.where(too_late, np.minimum(events.at + 2000, end - 1), events.stored)
        accounts = self._accounts_of(events)
        lines = statement_texts(
            events,
            [self._actors[place] for place in accounts.tolist()],
            times=time_texts(events.at),
            stored=time_texts(stored),
        )
        due = np.maximum((stored - self._clock.start_ms) // WEEK, week)
        for number in np.unique(due).tolist():
            places = np.flatnonzero(due == number)
            self._waiting[number].append((stored[places], [lines[p] for p in places.tolist()]))
        self._tally(events, stored)
        if week + 1 < self._clock.weeks:
            self._spoil(rng, week, events, lines, np.flatnonzero(due == week))
        self._break(rng, week, lines, np.flatnonzero(due == week))
        return self._collected(week)

    def _inside(self, events: Events) -> Events:
        """Only what happens in the period, where the person is and in UTC, and is ever heard of."""
        local = self._clock.local_week(events.at, self._people.zone[events.person])
        end = self._clock.start_ms + self._clock.weeks * WEEK
        inside = (local >= 0) & (local < self._clock.weeks) & (events.at < end)
        logged = self._feeds.is_logged(self._source, events.at, self._clock)
        comes = self._feeds.is_delivered(self._source, events.at, self._clock)
        self._truth.made(self._source, events.at[inside & logged])
        self._count["not_logged"] += int((inside & ~logged).sum())
        self._count["not_delivered"] += int((inside & logged & ~comes).sum())
        return events.where(inside & logged & comes)

    def _collected(self, week: int) -> list[str]:
        batches = self._waiting.pop(week, [])
        if not batches:
            return []
        stored = np.concatenate([times for times, _ in batches])
        lines = [line for _, texts in batches for line in texts]
        self._count["written"] += len(lines)
        return [lines[place] for place in np.argsort(stored, kind="stable").tolist()]

    def _accounts_of(self, events: Events) -> Ints:
        return self._identities.accounts_of(self._source, events.person, events.at)

    def _tally(self, events: Events, stored: Ints) -> None:
        count = self._count
        count["distinct"] += len(events)
        # without an id these systems send no stored either, so nothing tells that it is late
        count["late"] += int((stored - events.at > DAY).sum())
        count["without_id"] += sum(not i for i in events.ids)
        count["implausible_duration"] += int((events.note & IMPLAUSIBLE > 0).sum())
        count["unmapped_type"] += int((events.note & UNMAPPED_TYPE > 0).sum())
        count["unmapped_verb"] += int(np.isin(events.verb, UNKNOWN_CODES).sum())
        count["from_people_not_in_hr"] += int((events.person >= self._people.employee_count).sum())
        shared = self._accounts_of(events) == self._identities.kiosk
        count["from_shared_accounts"] += int(shared.sum())
        learned = LEARNING[events.verb] & ~shared
        self._truth.learned(events.person[learned], events.at[learned])

    def _spoil(
        self, rng: np.random.Generator, week: int, events: Events, lines: list[str], sent: Ints
    ) -> None:
        """Choose, without overlap, what next week's file repeats, contradicts or voids."""
        rates, next_week = RATES[self._source], self._feeds.next_heard(self._source, week + 1)
        monday = self._clock.start_ms + next_week * WEEK
        order = rng.permutation(sent)
        resent = order[: _share(rates.duplicate, len(order))]
        rest = [p for p in order[len(resent) :].tolist() if events.ids[p]]
        voided = rest[: _share(rates.void, len(rest))]
        scored = [p for p in rest[len(voided) :] if '"scaled"' in events.result[p]]
        contradicted = scored[: _share(rates.conflict, len(rest))]
        again = [lines[p] for p in resent.tolist()]
        other = [_SCALED.sub('"scaled":0.995', lines[p]) for p in contradicted]
        times = monday + 5000 + np.arange(len(voided)) * 1000
        voids = self._voids(rng, [events.ids[p] for p in voided], times)
        sendings = (again, other, voids)
        texts = [line for sending in sendings for line in sending]
        self._waiting[next_week].append((monday + np.arange(len(texts)), texts))
        count = self._count
        count["duplicate"] += len(again)
        count["conflict"] += len(other)
        count["voided"] += len(voids)
        count["voiding"] += len(voids)
        count["distinct"] += len(voids)
        count["from_people_not_in_hr"] += len(voids)
        shared = self._accounts_of(events) == self._identities.kiosk
        gone = np.array(
            [p for p in voided if LEARNING[events.verb[p]] and not shared[p]], dtype=np.int64
        )
        self._truth.learned(events.person[gone], events.at[gone], sign=-1)

    def _voids(self, rng: np.random.Generator, targets: list[str], at: Ints) -> list[str]:
        actor, verb = self._actors[self._people.service], VERB_TEXTS[CODES["voided"]]
        return [
            f'{{"id":"{i}","actor":{actor},"verb":{verb},"object":{{"objectType":"StatementRef",'
            f'"id":"{target}"}},"timestamp":"{t}","stored":"{t}","version":"1.0.3"}}'
            for i, target, t in zip(
                random_ids(rng, len(targets)), targets, time_texts(at), strict=True
            )
        ]

    def _break(self, rng: np.random.Generator, week: int, lines: list[str], sent: Ints) -> None:
        """Every fourth file or so holds statements that nobody can use."""
        number = list(RATES).index(self._source)
        if week % len(RATES) != number or not len(sent):
            return
        wanted = 1 + round(BROKEN_SHARE * len(sent))
        fresh = random_ids(rng, wanted)
        broken = []
        for n, place in enumerate(rng.choice(sent, size=wanted).tolist()):
            kind = (week + n) % len(BROKEN_KINDS)
            broken.append(_broken(lines[place], kind, fresh[n]))
            self._truth.broken_kinds[BROKEN_KINDS[kind]] += 1
        monday = self._clock.start_ms + week * WEEK
        self._waiting[week].append((monday + np.arange(wanted) * DAY, broken))
        self._count["broken"] += wanted


def _share(rate: float, count: int) -> int:
    """That share of ``count``, at least one where there is something to choose from."""
    return min(count, max(1, round(rate * count))) if rate else 0


def _broken(line: str, kind: int, fresh: str) -> str:
    """A statement spoilt in one way, under an id of its own."""
    body = re.sub(r'^\{("id":"[^"]*",)?', f'{{"id":"{fresh}",', line)
    if kind < 3:  # noqa: PLR2004  (the three members that a statement cannot lack)
        return body.replace(('"verb":', '"actor":', '"object":')[kind], '"x-lost":', 1)
    if kind == 3:  # noqa: PLR2004
        return re.sub(r'"timestamp":"[^"]*"', '"timestamp":"2026-13-45T99:99:99Z"', body)
    return body.replace(fresh, "not-a-uuid", 1)
