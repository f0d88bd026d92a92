"""Running the job ``nightly`` in this process, on the run history that the web UI shows."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
from sqlalchemy import event
from sqlalchemy.engine import Engine

from pipelines.definitions import build_definitions
from pipelines.lib.history import Run, runs
from pipelines.lib.lock import one_night_at_a_time
from pipelines.lib.progress import Progress, silent
from xapi_ingest.errors import RunError
from xapi_ingest.settings import Settings

TEMPLATE = Path(__file__).parents[1] / "dagster.yaml"
UNFINISHED = [dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED]


def dagster_environment(settings: Settings) -> dict[str, str]:
    """What every Dagster process needs: its home with telemetry off, and where the data is."""
    settings.dagster_home.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(TEMPLATE, settings.dagster_home / "dagster.yaml")
    return {
        "DAGSTER_HOME": str(settings.dagster_home),
        "DAGSTER_DISABLE_TELEMETRY": "1",
        "DO_NOT_TRACK": "1",
        "TILTH_HOME": str(settings.root),
    }


def run_nightly(settings: Settings, as_of: str | None, on_progress: Progress = silent) -> Run:
    """Run the night and return what the history says of it.

    Raises:
        RunError: It could not start: another one is running, or the project is broken.
    """
    with one_night_at_a_time(settings):
        os.environ.update(dagster_environment(settings))
        on_progress("getting ready", 0, None)
        job = build_definitions(settings, on_progress=on_progress).resolve_job_def("nightly")
        with _without_waiting_for_the_disk(), dg.DagsterInstance.get() as instance:
            _end_what_was_killed(instance)
            result = job.execute_in_process(
                instance=instance,
                run_config={
                    "ops": {"landing": {"config": {"as_of": as_of}}},
                    "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
                },
                raise_on_error=False,
            )
    for run in reversed(runs(settings)):
        if run.run_id == result.run_id:
            return run
    raise RunError("The night ended before its first step.", remedy="`tilth doctor` may say why.")


@contextmanager
def _without_waiting_for_the_disk() -> Iterator[None]:
    """Let SQLite hand Dagster's event log to the system without waiting for the platter.

    A night writes some 3,000 small transactions; on a busy 2-core machine waiting for each took
    half of the night (97 of 190 s). A kill loses nothing by it; a power cut can lose run history,
    never data.
    """

    def relax(connection: object, _: object) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.execute("pragma synchronous = off")

    event.listen(Engine, "connect", relax)
    try:
        yield
    finally:
        event.remove(Engine, "connect", relax)


def _end_what_was_killed(instance: dg.DagsterInstance) -> None:
    """We hold the lock, so a run that is still marked as started belongs to a dead process."""
    for run in instance.get_runs(dg.RunsFilter(job_name="nightly", statuses=UNFINISHED)):
        instance.report_run_failed(run, "The process ended before the night did.")
