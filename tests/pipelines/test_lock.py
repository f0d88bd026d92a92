"""One night at a time, and no lock outlives its process."""

import signal
import subprocess
import sys

import pytest

from pipelines.lib.clock import as_of_from_text
from pipelines.lib.history import Run, close_interrupted, runs, write_run
from pipelines.lib.lock import is_night_running, one_night_at_a_time
from xapi_ingest.settings import Settings

HOLDER = """
import sys
from pathlib import Path
from pipelines.lib.clock import utc_now
from pipelines.lib.history import Run, write_run
from pipelines.lib.lock import one_night_at_a_time
from xapi_ingest.settings import Settings
settings, now = Settings(home=Path(sys.argv[1])), utc_now()
with one_night_at_a_time(settings):
    write_run(settings, Run(run_id="held", started_at=now, as_of=now, code_version="1"))
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def other_night(settings: Settings):
    """Another process in the middle of a night."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(settings.root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_night_says_since_when_the_first_is_running(other_night, settings, tilth):
    code, _, said = tilth("run")
    started = runs(settings)[-1].started_at
    assert code == 2
    assert f"Another night is running since {started:%Y-%m-%d %H:%M:%S} UTC" in said


def test_a_killed_night_leaves_no_lock_and_is_called_interrupted(other_night, settings):
    assert is_night_running(settings)
    other_night.send_signal(signal.SIGKILL)
    other_night.wait()
    assert not is_night_running(settings)
    with one_night_at_a_time(settings):
        assert [run.run_id for run in close_interrupted(settings)] == ["held"]
    assert [run.status for run in runs(settings)] == ["interrupted"]


def test_looking_whether_a_night_runs_makes_nothing(settings):
    assert not is_night_running(settings)
    assert not settings.root.exists()


def test_the_history_is_read_back_as_it_was_written(settings):
    now = as_of_from_text("2026-09-27")
    run = Run(run_id="a", started_at=now, as_of=now, code_version="1", failures=["x: y"])
    write_run(settings, run)
    assert runs(settings) == [run]
