"""The history of nights: one small file each in ``state/runs``, written at start and at end.

The run's clock for the models is another thing and lies in the landing (``lib/clock.py``).
"""

from datetime import datetime

import msgspec

from xapi_ingest.landing.files import replacing
from xapi_ingest.settings import Settings

KEPT = 365
"""How many nights are remembered."""


class Run(msgspec.Struct, kw_only=True):
    """One night. Instants are UTC without a zone.

    ``status`` is ``running``, ``published``, ``failed`` (nothing published, the last build
    stands), ``partial`` (only some steps were asked for) or ``interrupted`` (the process was
    killed). ``refusals`` are what the inbox and the LRSs did not give or the ingest did not take,
    ``remarks`` what a person should know about the pulls, ``failures`` what stopped the night.
    """

    run_id: str
    started_at: datetime
    as_of: datetime
    code_version: str
    status: str = "running"
    finished_at: datetime | None = None
    seconds: float | None = None
    statements_new: int = 0
    statements_total: int = 0
    rejected_new: int = 0
    checks_passed: int = 0
    checks_warned: int = 0
    checks_failed: int = 0
    model_count: int = 0
    build_id: str | None = None
    refusals: list[str] = msgspec.field(default_factory=list)
    remarks: list[str] = msgspec.field(default_factory=list)
    failures: list[str] = msgspec.field(default_factory=list)


def write_run(settings: Settings, run: Run) -> None:
    """Put ``run`` into the history, or replace what stands there about it."""
    folder = settings.state / "runs"
    with replacing(folder / f"{run.started_at:%Y%m%dT%H%M%S%f}-{run.run_id}.json") as beside:
        beside.write_bytes(msgspec.json.format(msgspec.json.encode(run), indent=2))
    for old in sorted(folder.glob("*.json"))[:-KEPT]:
        old.unlink()


def runs(settings: Settings) -> list[Run]:
    """Every remembered night, oldest first."""
    files = sorted((settings.state / "runs").glob("*.json"))
    return [msgspec.json.decode(path.read_bytes(), type=Run) for path in files]


def close_interrupted(settings: Settings) -> list[Run]:
    """Say of nights that a killed process left as running what became of them.

    Only for the holder of the night's lock: then no other night can be running.
    """
    left = [run for run in runs(settings) if run.status == "running"]
    for run in left:
        run.status = "interrupted"
        run.failures = ["The process ended before the night did."]
        write_run(settings, run)
    return left
