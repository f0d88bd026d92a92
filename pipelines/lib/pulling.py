"""Pulling from every configured source in turn: one that fails holds up none of the others."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from pipelines.lib.progress import Progress, silent
from xapi_ingest.errors import InputError, SettingsError
from xapi_ingest.landing.object_pull import pull_objects
from xapi_ingest.landing.pull import OnPage, backfill, pull
from xapi_ingest.landing.pull_report import PullReport
from xapi_ingest.landing.sql_pull import pull_tables
from xapi_ingest.settings import Settings
from xapi_ingest.sources.lrs.clock import SYSTEM_CLOCK, Clock
from xapi_ingest.sources.lrs.config import LrsSource
from xapi_ingest.sources.registry import Source, configured_sources
from xapi_ingest.sources.sql.config import SqlSource

PullOne = Callable[[Source, OnPage], PullReport]


@dataclass(frozen=True, slots=True)
class Pulled:
    """What became of one source: how far it came, and in ``failure`` why it ended early."""

    report: PullReport
    failure: str | None = None

    @property
    def refusals(self) -> list[str]:
        """A sentence for each thing that did not get in."""
        said = [self.failure] if self.failure else []
        said += [f"{self.report.source_name}: {problem}" for problem in self.report.problems]
        if self.report.unnamed_problem_count:
            said.append(f"{self.report.source_name}: and {self.report.unnamed_problem_count} more.")
        return said

    def to_dict(self) -> dict[str, Any]:
        """As plain values, for JSON."""
        return {**self.report.to_dict(), "failure": self.failure}


def chosen_sources(settings: Settings, names: Sequence[str]) -> list[Source]:
    """The configured sources called ``names``, or all of them if none is named.

    Raises:
        SettingsError: None is configured, none has such a name, or a table cannot be used.
    """
    known = configured_sources(settings.sources)
    if not known:
        raise SettingsError(
            "No source to pull from is configured.",
            remedy="Describe one in tilth.toml: docs/howto/pull-from-an-lrs.md, sql-tables.md and "
            "object-storage.md show how.",
        )
    unknown = [name for name in names if name not in known]
    if unknown:
        raise SettingsError(
            f"There is no source {unknown[0]!r} to pull from.",
            remedy=f"tilth.toml describes: {', '.join(known)}.",
        )
    return [known[name] for name in dict.fromkeys(names or known)]


def pull_each(
    sources: Iterable[Source], pull_one: PullOne, on_progress: Progress = silent
) -> Iterator[Pulled]:
    """Pull one source after the other.

    Raises:
        LandingError: The landing cannot be written, which no other source would change.
    """
    for source in sources:
        so_far = PullReport(source.name)

        def on_page(report: PullReport) -> None:
            nonlocal so_far
            so_far = report
            on_progress(f"pull: {report.source_name}, {report.unit}s", report.page_count, None)

        try:
            yield Pulled(pull_one(source, on_page))
        except (InputError, SettingsError) as error:
            yield Pulled(so_far, str(error))


def pulling(
    settings: Settings, until: datetime | None = None, clock: Clock = SYSTEM_CLOCK
) -> PullOne:
    """What was stored since the last pull, up to ``until``."""

    def pull_one(source: Source, on_page: OnPage) -> PullReport:
        if isinstance(source, LrsSource):
            return pull(source, settings=settings, until=until, on_progress=on_page, clock=clock)
        if isinstance(source, SqlSource):
            return pull_tables(source, settings=settings, on_progress=on_page)
        return pull_objects(
            source, settings=settings, until=until, on_progress=on_page, sleep=clock.sleep
        )

    return pull_one


def backfilling(
    settings: Settings, start: datetime, end: datetime, clock: Clock = SYSTEM_CLOCK
) -> PullOne:
    """What was stored from ``start`` to ``end``."""

    def backfill_one(source: Source, on_page: OnPage) -> PullReport:
        if not isinstance(source, LrsSource):
            raise InputError(
                f"Source '{source.name}' is no LRS and has no backfill.",
                remedy="Without its watermark a table is read whole; of a bucket every object is "
                "taken that has not been, whatever its age.",
            )
        return backfill(
            source, start=start, end=end, settings=settings, on_progress=on_page, clock=clock
        )

    return backfill_one


def pull_configured(
    settings: Settings, on_progress: Progress = silent, clock: Clock = SYSTEM_CLOCK
) -> Iterator[Pulled]:
    """Pull everything that is configured; a table that cannot be used is one more failure."""
    for name, table in sorted(settings.sources.items()):
        try:
            found = configured_sources({name: table})
        except SettingsError as error:
            yield Pulled(PullReport(name), str(error))
            continue
        yield from pull_each(found.values(), pulling(settings, clock=clock), on_progress)


def instant_from_text(text: str, *, is_end: bool) -> datetime:
    """The instant that ``text`` names, in UTC; of a date its beginning, or its end if ``is_end``.

    Raises:
        InputError: It is neither a date nor an instant.
    """
    try:
        if len(text) <= len("2026-01-31"):
            day = date.fromisoformat(text) + timedelta(days=is_end)
            return datetime.combine(day, time(), UTC)
        instant = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        raise InputError(
            f"{text!r} is neither a date nor an instant.",
            remedy="Write 2026-01-31 or 2026-01-31T06:00:00Z.",
        ) from None
    return instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)
