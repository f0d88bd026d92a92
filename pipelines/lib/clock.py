"""The run's clock: ``as_of`` from what a person typed, and its row in the landing."""

import subprocess
from datetime import UTC, date, datetime, time
from importlib.metadata import version
from pathlib import Path

import pyarrow as pa

from pipelines.lib.history import Run
from xapi_ingest.errors import RunError
from xapi_ingest.landing.files import write_parquet_atomically
from xapi_ingest.landing.schema import RUNS
from xapi_ingest.settings import Settings

ROOT = Path(__file__).parents[2]


def utc_now() -> datetime:
    """This instant, UTC without a zone, as every instant below the landing."""
    return datetime.now(UTC).replace(tzinfo=None)


def as_of_from_text(text: str) -> datetime:
    """The instant up to which the night looks.

    A date means the whole of that day (UTC). An instant without an offset is UTC.

    Raises:
        RunError: ``text`` is neither.
    """
    try:
        if len(text) <= len("2026-01-31"):
            return datetime.combine(date.fromisoformat(text), time(23, 59, 59))
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise RunError(
            f"{text!r} is neither a date nor an instant.",
            remedy="Write 2026-01-31 or 2026-01-31T06:00:00Z.",
        ) from None
    return instant.astimezone(UTC).replace(tzinfo=None) if instant.tzinfo else instant


def tilth_version() -> str:
    """The installed version."""
    return version("tilth-warehouse")


def code_version() -> str:
    """Which code made the numbers: the commit in a clone, else the version."""
    described = subprocess.run(
        ["git", "-C", str(ROOT), "describe", "--always", "--dirty", "--tags"],
        capture_output=True,
        text=True,
        check=False,
    )
    return described.stdout.strip() if described.returncode == 0 else tilth_version()


def write_clock(settings: Settings, run: Run, cut_at: datetime) -> None:
    """Give the models their clock and their cut: the newest row of ``landing/runs``.

    Batches committed after ``cut_at`` belong to the next night, so that one night's checks and
    numbers are about the same batches while ingests go on.
    """
    row = {
        "run_id": run.run_id,
        "as_of": run.as_of,
        "started_at": run.started_at,
        "code_version": run.code_version,
        "cut_at": cut_at,
    }
    day = settings.landing / "runs" / "source=night" / f"loaded_date={run.started_at:%Y-%m-%d}"
    table = pa.Table.from_pylist([row], schema=RUNS)
    write_parquet_atomically(table, day / f"{run.run_id}.parquet")
