"""The door of the simulator: one call makes a company and everything that its systems export.

``out/exports`` holds one folder per source, ready to be copied into the inbox; ``out/truth`` holds
what is known about them and lies beside, so that nobody ingests it by accident.
"""

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from xapi_ingest.simulator.answers import as_sections, write_effects
from xapi_ingest.simulator.arguments import (
    DEFAULT_EMPLOYEES,
    DEFAULT_END,
    DEFAULT_SEED,
    DEFAULT_WEEKS,
    Arguments,
)
from xapi_ingest.simulator.books import SYSTEMS, Books
from xapi_ingest.simulator.emitters import lab, video, work
from xapi_ingest.simulator.emitters.lms import Lms
from xapi_ingest.simulator.emitters.social import Social
from xapi_ingest.simulator.emitters.tasks import Tasks
from xapi_ingest.simulator.events import joined
from xapi_ingest.simulator.exports import SOURCES, Outbox, Write
from xapi_ingest.simulator.faults import Feed
from xapi_ingest.simulator.habit import Habit
from xapi_ingest.simulator.place import MARKER, replacing_folder
from xapi_ingest.simulator.records import learning, money, people, voices
from xapi_ingest.simulator.records.signals import Signals
from xapi_ingest.simulator.skill_effects import SkillEffects
from xapi_ingest.simulator.skills import first_knowledge
from xapi_ingest.simulator.systems.company_systems import Systems
from xapi_ingest.simulator.truth import FORMAT_VERSION, Truth
from xapi_ingest.simulator.week import Week
from xapi_ingest.simulator.world import make_world

__all__ = ["DEFAULT_END", "SimulationReport", "simulate"]

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class SimulationReport:
    """What was made.

    Args:
        start_date: Monday of the first simulated week.
        end_date: Sunday of the last one, on or before the ``end`` that was asked for.
        statement_count: Statements written, broken ones and resends included.
        distinct_count: What is left of them without broken ones, resends and conflicts.
        informal_count: Statements that the shipped mappings make of the exports without statements.
        byte_count: Size of the exports on disk.
        seconds: Wall time.
    """

    out: Path
    exports: Path
    truth: Path
    employees: int
    weeks: int
    seed: int
    start_date: date
    end_date: date
    statement_count: int
    distinct_count: int
    informal_count: int
    byte_count: int
    sources: dict[str, dict[str, int]]
    seconds: float

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON can hold it."""
        return {
            name: value if isinstance(value, int | float | dict) else str(value)
            for name, value in asdict(self).items()
        }


def simulate(  # noqa: PLR0913  (each is an option of the command)
    *,
    out: Path,
    employees: int = DEFAULT_EMPLOYEES,
    weeks: int = DEFAULT_WEEKS,
    seed: int = DEFAULT_SEED,
    end: date = DEFAULT_END,
    intensity: float = 1.0,
    on_progress: Progress | None = None,
    write: Write | None = None,
) -> SimulationReport:
    """Make a company. The same arguments give the same bytes.

    Args:
        out: A new or empty folder, or an earlier simulation, which is replaced whole.
        employees: People in HR's list, leavers included (20 to 100,000).
        weeks: Whole ISO weeks (4 to 520).
        seed: Which company.
        end: The last simulated week is the last one that ends on or before this day.
        intensity: How much more often everything happens than in an ordinary company (0.1 to 10).
        on_progress: Called with weeks done and weeks in all.
        write: What becomes of a week's statements of a source; they are written to files if None.

    Raises:
        SettingsError: An argument is out of its range.
        InputError: ``out`` holds something else, or cannot be written.
    """
    began = time.perf_counter()
    arguments = Arguments(employees, weeks, seed, end, intensity)
    out = out.expanduser().absolute()
    with replacing_folder(out) as beside, Outbox(write) as outbox:
        company = _Company(beside, arguments, outbox)
        for week in range(weeks):
            company.live(week)
            if on_progress is not None:
                on_progress(week + 1, weeks)
        company.close()
    return company.report(out, time.perf_counter() - began)


class _Company:
    """The company while it is being simulated, one week after the other."""

    def __init__(self, out: Path, arguments: Arguments, outbox: Outbox) -> None:
        self._exports, self._truth_folder = out / "exports", out / "truth"
        for folder in (
            self._truth_folder,
            *(self._exports / name for name in (*sorted(set(SYSTEMS.values())), *SOURCES)),
        ):
            folder.mkdir(parents=True)
        self._out, self._arguments = out, arguments
        self._world = world = make_world(arguments)
        self._truth = Truth(world.people, world.clock, SOURCES)
        self._habit = Habit(world.people)
        self._knowledge = first_knowledge(np.random.default_rng([arguments.seed, 8]), world.people)
        self._books = Books(self._exports)
        self._tasks = Tasks(world.people.role_family, self._books)
        self._lms = Lms(arguments.employees, len(world.shelves["course"].iri))
        self._social = Social()
        self._feeds = {source: Feed(source, world, self._truth) for source in SOURCES}
        self._signals = Signals(world, self._books)
        self._skill_effects = SkillEffects(self._truth_folder)
        self._systems = Systems(world, self._exports)
        rng = np.random.default_rng([arguments.seed, 7])
        for system in (
            people.tables(world, rng),
            learning.tables(world, rng),
            money.tables(world),
            voices.tables(world, rng),
        ):
            for table, rows in system:
                self._books.add(table, rows)
        for panel in money.panels(world):
            self._books.add_columns("kpi_panel", panel)
        self._outbox = outbox

    def live(self, number: int) -> None:
        """Let one week happen and write its files."""
        world = self._world
        monday = world.clock.monday(number)
        seed = self._arguments.seed
        rng = np.random.default_rng([seed, 1, number])
        at_work = world.careers.at_work(monday)
        week = Week(
            number=number,
            monday=monday,
            progress=number / (self._arguments.weeks - 1),
            seed=seed,
            rng=rng,
            clock=world.clock,
            people=world.people,
            shelves=world.shelves,
            active=self._habit.step(rng, monday, world.careers.unit_on(monday), at_work),
            exposed=at_work,
            manager=world.careers.manager_on(monday),
            rollouts=world.rollouts,
            knowledge=self._knowledge,
            intensity=self._arguments.intensity,
        )
        made = {
            "lms": self._lms.emit(week),
            "video": video.emit(week),
            "social": self._social.emit(week),
            "lab": lab.emit(week),
            "work": joined((work.emit(week), self._tasks.emit(week, self._knowledge))),
        }
        self._skill_effects.record(week)
        self._signals.record(week, self._knowledge, np.random.default_rng([seed, 9, number]))
        self._systems.live(week)
        self._knowledge.forget()
        for source, feed in self._feeds.items():
            lines = feed.deliver(rng, number, made[source])
            folder = self._exports / source
            self._outbox.put(folder, source, number, monday, lines)

    def close(self) -> None:
        """Write the truth, and the marker by which the folder is known as a simulation."""
        self._books.add("expected_counts", self._truth.expected_counts())
        self._outbox.finish()
        arguments = self._arguments.as_dict()
        self._systems.close()
        sections = as_sections(self._world) | {"informal": self._systems.as_section()}
        self._truth.write(
            self._truth_folder / "truth.json", arguments, self._world.shelves, sections
        )
        write_effects(self._truth_folder, self._world)
        self._skill_effects.close()
        marker = {"format_version": FORMAT_VERSION, "arguments": arguments}
        (self._out / MARKER).write_text(json.dumps(marker) + "\n", encoding="utf-8")

    def report(self, out: Path, seconds: float) -> SimulationReport:
        """What was made, as it stands in ``out``."""
        sources = self._truth.source_counts()
        return SimulationReport(
            out=out,
            exports=out / "exports",
            truth=out / "truth" / "truth.json",
            employees=self._arguments.employees,
            weeks=self._arguments.weeks,
            seed=self._arguments.seed,
            start_date=self._arguments.start,
            end_date=self._arguments.sunday,
            statement_count=sum(counts["written"] for counts in sources.values()),
            distinct_count=sum(counts["distinct"] for counts in sources.values()),
            informal_count=self._systems.statement_count,
            byte_count=self._outbox.byte_count + self._books.byte_count + self._systems.byte_count,
            sources=sources,
            seconds=round(seconds, 3),
        )
