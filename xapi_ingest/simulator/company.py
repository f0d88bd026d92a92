"""The door of the simulator: one call makes a company and everything that its systems export.

``out/exports`` holds one folder per source, ready to be copied into the inbox; ``out/truth`` holds
what is known about them and lies beside, so that nobody ingests it by accident.
"""

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from hashlib import sha1
from pathlib import Path
from typing import Any, Final

import numpy as np

from xapi_ingest.errors import SettingsError
from xapi_ingest.simulator.catalogue import Stock, catalogue_rows, stock_shelves
from xapi_ingest.simulator.emitters import video, work
from xapi_ingest.simulator.emitters.lms import Lms
from xapi_ingest.simulator.emitters.social import Social
from xapi_ingest.simulator.exports import SOURCES, write_reference, write_week
from xapi_ingest.simulator.faults import Feed
from xapi_ingest.simulator.habit import Habit
from xapi_ingest.simulator.moments import Clock
from xapi_ingest.simulator.names import LOCATIONS
from xapi_ingest.simulator.place import MARKER, replacing_folder
from xapi_ingest.simulator.population import People, employee_rows, found_org, hire_people
from xapi_ingest.simulator.truth import FORMAT_VERSION, Truth
from xapi_ingest.simulator.vocabulary import LMS, VIDEO
from xapi_ingest.simulator.week import Week

DEFAULT_END: Final = date(2026, 9, 27)  # a Sunday: the last week is whole
DEFAULT_EMPLOYEES: Final = 300
DEFAULT_WEEKS: Final = 26
DEFAULT_SEED: Final = 7
EMPLOYEES_RANGE: Final = (20, 100_000)
WEEKS_RANGE: Final = (4, 520)
SEED_RANGE: Final = (0, 2**63 - 1)
END_RANGE: Final = (date(2012, 1, 1), date(2099, 12, 31))

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class SimulationReport:
    """What was made.

    Args:
        start_date: Monday of the first simulated week.
        end_date: Sunday of the last one, on or before the ``end`` that was asked for.
        statement_count: Statements written, broken ones and resends included.
        distinct_count: What is left of them without broken ones, resends and conflicts.
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
    byte_count: int
    sources: dict[str, dict[str, int]]
    seconds: float

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON can hold it."""
        return {
            name: value if isinstance(value, int | float | dict) else str(value)
            for name, value in asdict(self).items()
        }


def simulate(
    *,
    out: Path,
    employees: int = DEFAULT_EMPLOYEES,
    weeks: int = DEFAULT_WEEKS,
    seed: int = DEFAULT_SEED,
    end: date = DEFAULT_END,
    on_progress: Progress | None = None,
) -> SimulationReport:
    """Make a company. The same arguments give the same bytes.

    Args:
        out: A new or empty folder, or an earlier simulation, which is replaced whole.
        employees: People in HR's list, leavers included (20 to 100,000).
        weeks: Whole ISO weeks (4 to 520).
        seed: Which company.
        end: The last simulated week is the last one that ends on or before this day.
        on_progress: Called with weeks done and weeks in all.

    Raises:
        SettingsError: An argument is out of its range.
        InputError: ``out`` holds something else, or cannot be written.
    """
    began = time.perf_counter()
    _check_range("employees", employees, EMPLOYEES_RANGE)
    _check_range("weeks", weeks, WEEKS_RANGE)
    _check_range("seed", seed, SEED_RANGE)
    _check_end(end)
    out = out.expanduser().absolute()
    sunday = end - timedelta(days=end.isoweekday() % 7)
    start = sunday - timedelta(weeks=weeks, days=-1)
    with replacing_folder(out) as beside:
        company = _Company(beside, employees=employees, weeks=weeks, seed=seed, start=start)
        for week in range(weeks):
            company.live(week)
            if on_progress is not None:
                on_progress(week + 1, weeks)
        sources = company.close(sunday)
    return SimulationReport(
        out=out,
        exports=out / "exports",
        truth=out / "truth" / "truth.json",
        employees=employees,
        weeks=weeks,
        seed=seed,
        start_date=start,
        end_date=sunday,
        statement_count=sum(counts["written"] for counts in sources.values()),
        distinct_count=sum(counts["distinct"] for counts in sources.values()),
        byte_count=company.byte_count,
        sources=sources,
        seconds=round(time.perf_counter() - began, 3),
    )


class _Company:
    """The company while it is being simulated, one week after the other."""

    def __init__(self, out: Path, *, employees: int, weeks: int, seed: int, start: date) -> None:
        self._exports, self._truth_folder = out / "exports", out / "truth"
        for folder in (self._truth_folder, *(self._exports / name for name in ("hr", *SOURCES))):
            folder.mkdir(parents=True)
        self._out, self._weeks, self._seed = out, weeks, seed
        rng = np.random.default_rng([seed, 0])
        org = found_org(employees)
        self._people = hire_people(rng, org, employees, start, weeks)
        self._shelves = stock_shelves(rng, start, weeks)
        self._clock = Clock(start, weeks, [zone for _, zone, _ in LOCATIONS])
        self._truth = Truth(self._people, self._clock, SOURCES)
        self._habit = Habit(self._people)
        self._lms = Lms(employees, len(self._shelves["course"].iri))
        self._social = Social()
        actors = _actors(self._people)
        self._feeds = {
            source: Feed(source, actors[source], self._people, self._clock, self._truth)
            for source in SOURCES
        }
        tables = {
            "employees": employee_rows(self._people, org),
            "org_units": org.rows,
            "content_catalogue": catalogue_rows(rng, self._shelves, org),
        }
        hr = self._exports / "hr"
        self.byte_count = sum(write_reference(hr, name, rows) for name, rows in tables.items())

    def live(self, number: int) -> None:
        """Let one week happen and write its files."""
        monday = self._clock.monday(number)
        rng = np.random.default_rng([self._seed, 1, number])
        week = Week(
            number=number,
            monday=monday,
            progress=number / (self._weeks - 1),
            seed=self._seed,
            rng=rng,
            clock=self._clock,
            people=self._people,
            shelves=self._shelves,
            active=self._habit.step(rng, monday),
            exposed=self._people.exposed(monday),
        )
        made = {
            "lms": self._lms.emit(week),
            "video": video.emit(week),
            "social": self._social.emit(week),
            "work": work.emit(week),
        }
        for source, feed in self._feeds.items():
            lines = feed.deliver(rng, number, made[source])
            folder = self._exports / source
            self.byte_count += write_week(folder, source, number, monday, lines)

    def close(self, sunday: date) -> dict[str, dict[str, int]]:
        """Write the truth and the marker; return the counts by source."""
        arguments = {
            "employees": self._people.employee_count,
            "weeks": self._weeks,
            "seed": self._seed,
            "end": str(sunday),
        }
        self._truth.write(self._truth_folder / "truth.json", arguments, self._shelves)
        marker = {"format_version": FORMAT_VERSION, "arguments": arguments}
        (self._out / MARKER).write_text(json.dumps(marker) + "\n", encoding="utf-8")
        return self._truth.source_counts()


def _actors(people: People) -> dict[str, list[str]]:
    """How each system names each person: two by account, one by address, one by its hash."""
    named = list(zip(people.full_name, people.username, people.email, strict=True))
    return {
        "lms": [_account(LMS, username, name) for name, username, _ in named],
        "video": [_account(VIDEO, username, "") for _, username, _ in named],
        "social": [
            f'{{"objectType":"Agent","name":"{name}","mbox":"mailto:{email}"}}'
            for name, _, email in named
        ],
        "work": [
            f'{{"objectType":"Agent","mbox_sha1sum":"{_hashed(email)}"}}' for *_, email in named
        ],
    }


def _account(home_page: str, name: str, shown: str) -> str:
    label = f'"name":"{shown}",' if shown else ""
    return f'{{"objectType":"Agent",{label}"account":{{"homePage":"{home_page}","name":"{name}"}}}}'


def _hashed(email: str) -> str:
    return sha1(f"mailto:{email}".encode(), usedforsecurity=False).hexdigest()


def _check_range(name: str, value: int, allowed: tuple[int, int]) -> None:
    low, high = allowed
    if not low <= value <= high:
        raise SettingsError(f"--{name} must be between {low} and {high} (got {value}).")


def _check_end(end: date) -> None:
    low, high = END_RANGE
    if not low <= end <= high:
        raise SettingsError(f"--end must be a date between {low} and {high} (got {end}).")
