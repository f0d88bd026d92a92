"""All systems that send no statements, week by week, each with random numbers of its own."""

from dataclasses import replace
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np

from xapi_ingest.simulator.systems.calendar import Calendar
from xapi_ingest.simulator.systems.chat import Chat
from xapi_ingest.simulator.systems.code import Code
from xapi_ingest.simulator.systems.desk import Desk
from xapi_ingest.simulator.systems.outlet import Outlet
from xapi_ingest.simulator.systems.questions import Questions
from xapi_ingest.simulator.systems.search import Search
from xapi_ingest.simulator.systems.wiki import Wiki
from xapi_ingest.simulator.week import Week
from xapi_ingest.simulator.world import World


class System(Protocol):
    """One system: what happens in it, and the export that it leaves."""

    @property
    def outlets(self) -> tuple[Outlet, ...]:
        """Its folders of the exports."""

    def live(self, week: Week) -> None:
        """Let a week happen. ``week.rng`` is this system's own."""

    def close(self) -> None:
        """End the export."""


FIRST_STREAM: Final = 20


class Systems:
    """The company's systems of informal learning.

    They read what people know and leave it as it is, so that a company is the same without them.
    """

    def __init__(self, world: World, exports: Path) -> None:
        self._seed = world.arguments.seed
        self._systems: tuple[System, ...] = (
            Chat(world, exports),
            Wiki(world, exports),
            Code(world, exports),
            Desk(world, exports),
            Questions(world, exports),
            Calendar(world, exports),
            Search(world, exports),
        )

    def live(self, week: Week) -> None:
        """Let a week happen in every system."""
        for number, system in enumerate(self._systems):
            rng = np.random.default_rng([self._seed, FIRST_STREAM + number, week.number])
            system.live(replace(week, rng=rng))

    def close(self) -> None:
        """End every export."""
        for system in self._systems:
            system.close()

    def as_section(self) -> dict[str, Any]:
        """What the shipped mappings must make of each export, as the truth tells it."""
        return {outlet.source: outlet.tally.as_dict() for outlet in self._outlets()}

    @property
    def byte_count(self) -> int:
        """Size of the exports on disk."""
        return sum(outlet.byte_count for outlet in self._outlets())

    @property
    def statement_count(self) -> int:
        """Statements that the mappings make of them."""
        return sum(outlet.tally.statement_count for outlet in self._outlets())

    def _outlets(self) -> list[Outlet]:
        return [outlet for system in self._systems for outlet in system.outlets]
