"""One night as the steps that Dagster wires: what happens, without the framework.

``open_night`` holds the lock and keeps the history; the steps are called in their order.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from pipelines.lib.build import NodeOutcome, broken, build_part, check_outcome
from pipelines.lib.clock import code_version, utc_now, write_clock
from pipelines.lib.history import Run, close_interrupted, write_run
from pipelines.lib.landing_batches import accepted_count, landing_rows, new_batches
from pipelines.lib.landing_suite import Expected, is_blocking, outcome, validate
from pipelines.lib.lock import one_night_at_a_time
from pipelines.lib.outcomes import CheckOutcome, clear_outcomes, write_outcomes
from pipelines.lib.progress import Progress, silent
from pipelines.lib.publish import publish
from pipelines.lib.published import seen_batches
from pipelines.lib.pulling import pull_configured
from pipelines.lib.rejected_share import outcome as outcome_of_shares
from pipelines.lib.rejected_share import shares
from pipelines.lib.warehouse import prepare_warehouse
from xapi_ingest.landing.inbox import ingest_inbox
from xapi_ingest.landing.tables import ensure_tables
from xapi_ingest.settings import Settings


class Night:
    """The steps of one night. Each may be called alone; together they are the job ``nightly``."""

    def __init__(self, settings: Settings, run: Run, on_progress: Progress = silent) -> None:
        self.settings = settings
        self.run = run
        self.on_progress = on_progress
        self.cut_at = run.started_at  # until this night lands something itself

    def land(self, as_of: datetime | None) -> dict[str, int]:
        """Ingest the inbox, pull, set the clock; returns the rows of each landing table."""
        with self._recorded():
            clear_outcomes(self.settings)
            ensure_tables(self.settings.landing)
            report = ingest_inbox(settings=self.settings, on_progress=self._inbox_progress)
            fresh = [file for file in report.files if not file.is_already_landed]
            self.run.rejected_new = sum(file.rejected_count for file in fresh)
            self.run.refusals = [
                *report.refused,
                *(line for file in fresh for line in file.problems()),
            ]
            self.run.remarks += report.remarks
            self._pull()
            self.run.as_of = as_of or self.run.started_at
            self.cut_at = utc_now()
            write_clock(self.settings, self.run, self.cut_at)
            return landing_rows(self.settings)

    def _pull(self) -> None:
        for pulled in pull_configured(self.settings, self.on_progress):
            self.run.rejected_new += pulled.report.rejected_count
            self.run.refusals += pulled.refusals
            name = pulled.report.source_name
            self.run.remarks += [f"{name}: {remark}" for remark in pulled.report.remarks]

    def _inbox_progress(self, done: int, total: int, name: str) -> None:
        self.on_progress(f"inbox: {name}", done, total)

    def check_landing(self) -> list[Expected]:
        """Run the suite over the batches that no published night has seen."""
        with self._recorded():
            self.on_progress("checks on the landing", 0, None)
            batches = new_batches(
                self.settings,
                as_of=self.run.as_of,
                cut_at=self.cut_at,
                seen=seen_batches(self.settings),
            )
            self.run.statements_new = int(batches["accepted_count"].sum())
            self.run.statements_total = accepted_count(self.settings)
            expected = validate(batches)
            outcomes = [outcome(each) for each in expected]
            write_outcomes(self.settings, "landing", outcomes)
            self._count(outcomes)
            if is_blocking(expected):
                self.run.failures += [
                    f"{each.check_name}: {each.message}"
                    for each in outcomes
                    if each.status == "failed"
                ]
            return expected

    def check_rejections(self) -> CheckOutcome:
        """Hold each source's share of rejected items against its own history; never blocks."""
        with self._recorded():
            found = outcome_of_shares(shares(self.settings, self.cut_at), self.settings)
            write_outcomes(self.settings, "rejections", [found])
            self._count([found])
            if found.status != "passed":
                self.run.remarks.append(f"{found.check_name}: {found.message}")
            return found

    def build(self, part: str, select: list[str]) -> list[NodeOutcome]:
        """Build one part of the dbt project; what is broken is in the run's failures."""
        with self._recorded():
            if part == "models":
                prepare_warehouse(self.settings)
            nodes = build_part(self.settings, part, select, self.on_progress)
            self.run.model_count += sum(
                node.kind == "model" and node.status == "success" for node in nodes
            )
            self._count([check_outcome(node) for node in nodes if node.kind == "test"])
            self.run.failures += broken(nodes)
            return nodes

    def publish(self) -> str:
        """Publish the warehouse; from here on the night counts as published."""
        with self._recorded():
            self.on_progress("publish", 0, None)
            self.run.build_id = publish(self.settings, self.run)
            return self.run.build_id

    @contextmanager
    def _recorded(self) -> Iterator[None]:
        """Write into the history what a step did or what stopped it."""
        try:
            yield
        except Exception as error:
            self.run.failures.append(str(error))
            raise
        finally:
            write_run(self.settings, self.run)

    def _count(self, outcomes: list[CheckOutcome]) -> None:
        self.run.checks_passed += sum(each.status == "passed" for each in outcomes)
        self.run.checks_warned += sum(each.status == "warned" for each in outcomes)
        self.run.checks_failed += sum(each.status == "failed" for each in outcomes)


@contextmanager
def open_night(settings: Settings, run_id: str, on_progress: Progress = silent) -> Iterator[Night]:
    """Hold the lock from start to end and write the history at both.

    Raises:
        RunError: Another night is running.
    """
    with one_night_at_a_time(settings):
        close_interrupted(settings)
        now = utc_now()
        run = Run(run_id=run_id, started_at=now, as_of=now, code_version=code_version())
        write_run(settings, run)
        try:
            yield Night(settings, run, on_progress)
        finally:
            run.finished_at = utc_now()
            run.seconds = (run.finished_at - run.started_at).total_seconds()
            run.status = "published" if run.build_id else "failed" if run.failures else "partial"
            write_run(settings, run)
