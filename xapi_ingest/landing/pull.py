"""From an LRS into the landing: which windows, page by page, and the cursor behind them.

The order is what makes a kill harmless: a page lands whole, then the progress of its window is
noted, and only after the last page of a window does the cursor move. Whatever happens in between,
the next pull asks again for something that is recognised, never for less.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from time import perf_counter
from typing import Final

from xapi_ingest.errors import InputError
from xapi_ingest.landing.batches import locked
from xapi_ingest.landing.ingest import prepare_landing
from xapi_ingest.landing.page import land_page
from xapi_ingest.landing.pull_report import PullReport
from xapi_ingest.settings import Settings
from xapi_ingest.sources.cursors import Cursors, Progress, open_cursors
from xapi_ingest.sources.lrs.access import Access
from xapi_ingest.sources.lrs.clock import SYSTEM_CLOCK, Clock, floored, in_utc, text_from_instant
from xapi_ingest.sources.lrs.config import LrsSource
from xapi_ingest.sources.lrs.exchange import Exchange
from xapi_ingest.sources.lrs.page import Page
from xapi_ingest.sources.lrs.status import LinkGoneError
from xapi_ingest.sources.lrs.walk import LoopError, Place, walk
from xapi_ingest.sources.lrs.window import Window, before, horizon, split

OnPage = Callable[[PullReport], None]
_PULL: Final = "pull"


def pull(  # noqa: PLR0913  (all but the first by name)
    source: LrsSource,
    *,
    settings: Settings,
    until: datetime | None = None,
    on_progress: OnPage | None = None,
    clock: Clock = SYSTEM_CLOCK,
    environment: Mapping[str, str] | None = None,
) -> PullReport:
    """Land what ``source`` stored since the last pull.

    Args:
        source: Which LRS, and what of it.
        settings: Where the landing and the cursors are.
        until: Pull nothing that was stored later.
        on_progress: Told after each page has landed.
        clock: Where time comes from.
        environment: Holds the secrets that ``source`` names; the process's own if None.

    Raises:
        SettingsError: Credentials are missing or refused.
        InputError: The LRS cannot be reached or does not keep to the protocol.
        LandingError: The landing or the cursors cannot be written.
    """
    with _session(source, settings, clock, environment, on_progress) as session:
        cursors, report = session.cursors, session.report
        bound = session.bound(until)
        session.resume(_PULL, bound, moves_cursor=True)
        pulled = cursors.pulled_until()
        if pulled is None and cursors.has_other_scope():
            report.remarks.append("endpoint or filters have changed: pulled from the start again")
        if pulled is None or pulled < bound:
            begin = source.start and before(source.start)
            if pulled:
                begin = before(pulled, source.lag_seconds)
            windows = split(begin, bound, hours=source.window_hours)
            session.plan(_PULL, windows)
            session.resume(_PULL, bound, moves_cursor=True)
        elif pulled > bound:
            report.remarks.append(
                f"the last pull ended at {text_from_instant(pulled)}, this one may only go to "
                f"{text_from_instant(bound)}: nothing to do"
            )
        report.pulled_until = cursors.pulled_until()
        return report


def backfill(  # noqa: PLR0913  (all but the first by name)
    source: LrsSource,
    *,
    start: datetime,
    end: datetime,
    settings: Settings,
    on_progress: OnPage | None = None,
    clock: Clock = SYSTEM_CLOCK,
    environment: Mapping[str, str] | None = None,
) -> PullReport:
    """Land what ``source`` stored from ``start`` to ``end``, window by window.

    One that was stopped goes on where it was; one that was finished begins again, and what has not
    changed since does not land twice. The cursor of ``pull`` stays where it is.

    Raises:
        InputError: ``start`` is not before ``end``; else see ``pull``.
    """
    start, end = in_utc(start), in_utc(end)
    if start >= end:
        raise InputError(
            f"Source '{source.name}': a backfill from {text_from_instant(start)} to "
            f"{text_from_instant(end)} holds no time.",
            remedy="Give a start before the end.",
        )
    job = f"backfill {text_from_instant(start)} {text_from_instant(end)}"
    with _session(source, settings, clock, environment, on_progress) as session:
        bound = session.bound(end)
        if bound < floored(end):
            session.report.remarks.append(
                f"the LRS is consistent through {text_from_instant(bound)} only: ended there"
            )
        resumed_until = session.resume(job, bound, moves_cursor=False)
        begin = resumed_until or before(start)
        session.plan(job, split(begin, bound, hours=source.window_hours))
        session.resume(job, bound, moves_cursor=False)
        session.report.pulled_until = session.cursors.pulled_until()
        return session.report


@dataclass(frozen=True)
class _Session:
    """What one call works with."""

    source: LrsSource
    settings: Settings
    clock: Clock
    cursors: Cursors
    exchange: Exchange
    report: PullReport
    on_progress: OnPage | None

    def bound(self, until: datetime | None) -> datetime:
        """How far this call goes."""
        newest = self.exchange.get({"limit": "1", "attachments": "false"})
        now, lag = self.clock.now(), self.source.lag_seconds
        bound, remarks = horizon(newest, now=now, lag_seconds=lag)
        self.report.remarks += remarks
        return min(bound, floored(in_utc(until))) if until else bound

    def plan(self, job: str, windows: list[Window]) -> None:
        self.cursors.plan(job, [(window.since, window.until) for window in windows])

    def resume(self, job: str, bound: datetime, *, moves_cursor: bool) -> datetime | None:
        """Bring the unfinished windows of ``job`` to their end; where the last one ended."""
        until = None
        for progress in self.cursors.unfinished(job):
            if progress.until > bound:  # planned when the LRS promised more than now
                break
            self._land_window(job, progress)
            self.cursors.finish(job, progress, moves_cursor=moves_cursor)
            self.report.window_count += 1
            until = progress.until
        return until

    def _land_window(self, job: str, progress: Progress) -> None:
        window = Window(progress.since, progress.until)
        start = Place(progress.page_count, progress.next_link)
        try:
            for step in walk(self.exchange, self.source, window, start=start):
                self._land(step.page, window, step.number)
                if step.behind.more:
                    behind = replace(
                        progress, page_count=step.behind.pages, next_link=step.behind.more
                    )
                    self.cursors.advance(job, behind)
        except (LoopError, LinkGoneError):
            # Going on from a link that led nowhere would lead nowhere again.
            self.cursors.advance(job, replace(progress, page_count=0, next_link=""))
            raise

    def _land(self, page: Page, window: Window, number: int) -> None:
        landed = []
        if page.raws:
            landed.append(
                land_page(
                    page,
                    source_name=self.source.name,
                    window=window,
                    number=number,
                    settings=self.settings,
                )
            )
        self.report.add(page.size, *landed)
        if self.on_progress:
            self.on_progress(self.report)


@contextmanager
def _session(
    source: LrsSource,
    settings: Settings,
    clock: Clock,
    environment: Mapping[str, str] | None,
    on_progress: OnPage | None,
) -> Iterator[_Session]:
    """One pull of a source at a time: a second one waits, then finds little left to do."""
    began = perf_counter()
    access = Access(source, os.environ if environment is None else environment)
    try:
        prepare_landing(settings)
        with (
            locked(settings.state, f"{source.name}-pull"),
            open_cursors(
                settings.state, source_name=source.name, scope=source.request_scope
            ) as cursors,
        ):
            exchange = Exchange(source, access, clock)
            report = PullReport(source.name)
            yield _Session(source, settings, clock, cursors, exchange, report, on_progress)
            report.seconds = perf_counter() - began
    finally:
        access.close()
