"""What the exports hold, counted as they are made: the answer key of every later number."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np

from xapi_ingest.simulator.catalogue import NEVER_RETIRED, Stock
from xapi_ingest.simulator.moments import DAY, EPOCH, Clock, Ints
from xapi_ingest.simulator.population import People

FORMAT_VERSION: Final = 1
COUNTS: Final = (
    "written", "broken", "accepted", "distinct", "duplicate", "conflict", "voided", "voiding",
    "late", "without_id", "implausible_duration", "unmapped_verb", "unmapped_type",
    "from_people_not_in_hr", "from_shared_accounts", "not_logged", "not_delivered",
)  # fmt: skip
CONTRIBUTORS: Final = ("lurker", "occasional", "heavy")


class Truth:
    """Running counts.

    ``learning`` holds, per employee and simulated local week, the distinct valid statements that
    are neither voided nor voiding and whose verb is learning: not administration (registered,
    launched, initialized, terminated, logged in), not a like, not a verb of one system alone. What
    came from a shared account is not among them: nobody can tell who it was.
    """

    def __init__(self, people: People, clock: Clock, sources: tuple[str, ...]) -> None:
        self._people = people
        self._clock = clock
        self.learning = np.zeros((people.employee_count, clock.weeks), dtype=np.int32)
        self.sources: dict[str, Counter[str]] = {source: Counter() for source in sources}
        self.broken_kinds: Counter[str] = Counter()
        self._days: dict[str, Counter[int]] = {source: Counter() for source in sources}

    def learned(self, person: Ints, at: Ints, sign: int = 1) -> None:
        """Count learning statements; with ``sign`` −1, take back voided ones."""
        known = person < self._people.employee_count
        week = self._clock.local_week(at, self._people.zone[person])
        np.add.at(self.learning, (person[known], week[known]), sign)

    def made(self, source: str, at: Ints) -> None:
        """Count what a source has of each day, whether it is delivered or not."""
        days, counts = np.unique(at // DAY, return_counts=True)
        self._days[source].update(dict(zip(days.tolist(), counts.tolist(), strict=True)))

    def expected_counts(self) -> Iterator[tuple[Any, ...]]:
        """Rows of ``expected_counts``: what each source says that it has of each day (UTC)."""
        for source, days in self._days.items():
            for day, count in sorted(days.items()):
                told = EPOCH + timedelta(days=day)
                yield source, told, count, f"{told + timedelta(days=1)}T01:00:00Z", "timestamp"

    def source_counts(self) -> dict[str, dict[str, int]]:
        """Every count of every source, zeros included."""
        found = {}
        for source, count in self.sources.items():
            count["accepted"] = count["written"] - count["broken"]
            found[source] = {name: int(count[name]) for name in COUNTS}
        return found

    def write(
        self,
        path: Path,
        arguments: dict[str, Any],
        shelves: dict[str, Stock],
        sections: dict[str, Any],
    ) -> None:
        """Write ``truth.json``: one line per person, so that large companies stay readable."""
        sources = self.source_counts()
        clock = self._clock
        head = {
            "format_version": FORMAT_VERSION,
            "arguments": arguments,
            "weeks": [str(clock.monday(week)) for week in range(clock.weeks)],
            "sources": sources,
            "total": {name: sum(counts[name] for counts in sources.values()) for name in COUNTS},
            "broken_by_kind": dict(sorted(self.broken_kinds.items())),
            "weekly_active_people": (self.learning > 0).sum(axis=0).tolist(),
            "never_active_people": int((self.learning.sum(axis=1) == 0).sum()),
            "content": _content(shelves),
            **sections,
        }
        opening = json.dumps(head, ensure_ascii=False, indent=1)[:-2]
        with path.open("w", encoding="utf-8") as file:
            file.write(f'{opening},\n "people": {{\n')
            file.write(",\n".join(self._person_lines()))
            file.write("\n }\n}\n")

    def _person_lines(self) -> list[str]:
        people = self._people
        return [
            f'  "{people.employee_id[n]}": {{"username": "{people.username[n]}", "contributor": '
            f'"{CONTRIBUTORS[kind]}", "never_learns": {str(never).lower()}, '
            f'"weekly_learning_counts": {counts}}}'
            for n, (kind, never, counts) in enumerate(
                zip(
                    people.contributor.tolist(),
                    np.isneginf(people.propensity).tolist(),
                    self.learning.tolist(),
                    strict=True,
                )
            )
        ]


def _content(shelves: dict[str, Stock]) -> dict[str, list[str]]:
    dead, retired = [], []
    for kind, stock in shelves.items():
        for n, iri in enumerate(stock.iri):
            if stock.weight[n] == 0 and kind != "forum":
                dead.append(iri)
            if stock.retired[n] != NEVER_RETIRED:
                retired.append(iri)
    return {"dead_stock": dead, "retired": retired}
