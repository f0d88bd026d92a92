"""One week of the company: who is there, who learns, and how occasions fall into working hours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from xapi_ingest.simulator.catalogue import Stock
from xapi_ingest.simulator.events import Events
from xapi_ingest.simulator.moments import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    WEEK,
    Bools,
    Clock,
    Floats,
    Ints,
    random_ids,
)
from xapi_ingest.simulator.population import People
from xapi_ingest.simulator.programmes import Rollout
from xapi_ingest.simulator.skills import Knowledge
from xapi_ingest.simulator.vocabulary import CODES

WEEKDAYS: Final = (0.19, 0.22, 0.21, 0.21, 0.14, 0.02, 0.01)


@dataclass(frozen=True)
class Week:
    """What every emitter needs to know of a week."""

    number: int
    monday: date
    progress: float  # 0 in the first week of the period, 1 in its last
    seed: int
    rng: np.random.Generator
    clock: Clock
    people: People
    shelves: dict[str, Stock]
    active: Bools
    exposed: Bools
    manager: Ints  # of each employee in this week; −1: nobody
    rollouts: Sequence[Rollout]
    knowledge: Knowledge
    intensity: float

    @property
    def start(self) -> int:
        """The Monday's midnight, as if local."""
        return self.clock.start_ms + self.number * WEEK

    def occasions(self, rate: float | Floats) -> tuple[Ints, Ints]:
        """People and instants of something that active people do ``rate`` times in the week."""
        expected = np.where(self.active, rate, 0.0) * self.intensity
        person = np.repeat(np.arange(len(expected)), self.rng.poisson(expected))
        return person, self.at_work(person)

    def at_work(self, person: Ints) -> Ints:
        """An instant in the local working hours of each person; the front line works in shifts."""
        count, rng = len(person), self.rng
        day = rng.choice(7, size=count, p=WEEKDAYS)
        office = np.where(
            self.chance(0.5, count), rng.normal(10.2, 1.2, count), rng.normal(14.9, 1.6, count)
        )
        late = (person + self.number) % 2  # shifts change every week
        shift = 6.3 + 8.0 * late + 7.2 * rng.random(count)
        hour = np.where(self.is_frontline(person), shift, np.clip(office, 7.0, 20.5))
        local = self.start + day * DAY + (hour * HOUR).astype(np.int64)
        return self.clock.from_local(local, self.people.zone[person])

    def is_frontline(self, person: Ints) -> Bools:
        """Whether each works on the front line; those whom HR does not know do not."""
        found: Bools = np.append(self.people.is_frontline, [False] * 3)[person]
        return found

    def chance(self, share: float, count: int) -> Bools:
        """Something that happens to a share of ``count``."""
        found: Bools = self.rng.random(count) < share
        return found

    def events(  # noqa: PLR0913  (a statement has these parts)
        self,
        verb: str | Sequence[str],
        person: Ints,
        at: Ints,
        thing: list[str],
        *,
        result: list[str] | None = None,
        context: list[str] | None = None,
        lag: Ints | None = None,
        note: int | Ints = 0,
        ids: list[str] | None = None,
    ) -> Events:
        """Events of one verb, or of aliases that a system uses in turn.

        Stored a second or so after they happened, unless ``lag`` (milliseconds) says otherwise.
        """
        count = len(person)
        aliases = np.array([CODES[name] for name in ([verb] if isinstance(verb, str) else verb)])
        delay = self.rng.integers(200, 4000, size=count) if lag is None else lag
        return Events(
            ids=random_ids(self.rng, count) if ids is None else ids,
            person=person.astype(np.int64),
            verb=aliases[self.rng.integers(0, len(aliases), size=count)],
            thing=thing,
            result=[""] * count if result is None else result,
            context=[""] * count if context is None else context,
            at=at.astype(np.int64),
            stored=(at + delay).astype(np.int64),
            note=np.broadcast_to(np.asarray(note, dtype=np.int64), (count,)).copy(),
        )

    def spent(self, typical: Ints, *, spread: float = 0.35, limit: int = 100 * MINUTE) -> Ints:
        """Log-normal time in milliseconds around a typical number of seconds."""
        drawn = typical * SECOND * self.rng.lognormal(0.0, spread, size=len(typical))
        clipped: Ints = np.clip(drawn, 5 * SECOND, limit).astype(np.int64) // SECOND * SECOND
        return clipped

    def pause(self, count: int, low: int, high: int) -> Ints:
        """Between ``low`` and ``high`` seconds, in milliseconds."""
        return self.rng.integers(low * SECOND, high * SECOND, size=count)


def chosen(texts: Sequence[str], places: Ints) -> list[str]:
    """The texts at ``places``."""
    return [texts[place] for place in places.tolist()]
