"""One night at a time, whoever starts it: the command line, the schedule or the web UI.

The lock belongs to the process, so a killed night leaves none behind.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from pipelines.lib.history import Run, runs
from xapi_ingest.errors import RunError
from xapi_ingest.settings import Settings


@contextmanager
def one_night_at_a_time(settings: Settings) -> Iterator[None]:
    """Hold the night's lock; within one process it may be taken again.

    Raises:
        RunError: Another process holds it; says since when.
    """
    settings.state.mkdir(parents=True, exist_ok=True)
    lock = FileLock(settings.state / "run.lock", is_singleton=True, thread_local=False)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        raise RunError(
            f"Another night is running{_since(settings)}.",
            remedy="Wait until it has finished; `tilth status` shows it.",
        ) from None
    try:
        yield
    finally:
        lock.release()


def is_night_running(settings: Settings) -> bool:
    """Whether some process holds the night's lock now."""
    lock = FileLock(settings.state / "run.lock", is_singleton=False)
    if not settings.state.is_dir():
        return False
    try:
        with lock.acquire(blocking=False):
            return False
    except Timeout:
        return True


def _since(settings: Settings) -> str:
    running: list[Run] = [run for run in runs(settings) if run.status == "running"]
    return f" since {running[-1].started_at:%Y-%m-%d %H:%M:%S} UTC" if running else ""
