"""Several cores land what one core lands, and none of them outlives the one that started them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from xapi_ingest.landing import parallel
from xapi_ingest.landing.ingest import ingest_paths
from xapi_ingest.settings import load_settings

REPOSITORY = Path(__file__).parents[3]

KILLED = """
import os, signal, sys
from pathlib import Path
from xapi_ingest.landing import parallel
from xapi_ingest.landing.ingest import ingest_paths
from xapi_ingest.settings import load_settings
if __name__ == "__main__":
    parallel.WORTH_BYTES = 0
    os.cpu_count = lambda: 2
    told = []
    def kill(done, size, name):
        told.append(done)
        if done == size or len(told) == 3:
            os.kill(os.getpid(), signal.SIGKILL)
    settings = load_settings(home=Path(sys.argv[2]))
    ingest_paths([Path(sys.argv[1])], settings=settings, on_progress=kill)
"""


@pytest.fixture
def path(write_lines):
    rows = [*range(1, 4_000), {"actor": {}}, b"x" * 150_000, *range(4_000, 6_000)]
    path = write_lines("a.ndjson", rows)
    path.write_bytes(path.read_bytes() + b'{"actor": ')
    return path


def test_several_cores_land_what_one_core_lands(path, tmp_path, landing_of, monkeypatch):
    landings, problems = [], []
    for name, worth in (("one", 10**12), ("several", 0)):
        monkeypatch.setattr(parallel, "WORTH_BYTES", worth)
        monkeypatch.setattr(os, "cpu_count", lambda: 2)
        settings = load_settings(home=tmp_path / name, max_statement_bytes=100_000, batch_rows=900)
        problems.append(ingest_paths([path], settings=settings).problems)
        landings.append(landing_of(settings.landing))
    assert problems[0] == problems[1]
    assert len(problems[0]) == 3
    assert landings[0].everything() == landings[1].everything()


def test_runs_and_rows_without_room_in_shared_memory_land_the_same(
    path, tmp_path, landing_of, monkeypatch
):
    landings = []
    # Room for all; for the statements of a run but not for its rows; for the last run alone.
    for slot_bytes in (parallel.SLOT_BYTES, 500_000, 200_000):
        monkeypatch.setattr(parallel, "WORTH_BYTES", 0)
        monkeypatch.setattr(parallel, "SLOT_BYTES", slot_bytes)
        monkeypatch.setattr(os, "cpu_count", lambda: 2)
        settings = load_settings(home=tmp_path / str(slot_bytes), max_statement_bytes=100_000)
        ingest_paths([path], settings=settings)
        landings.append(landing_of(settings.landing).everything())
    assert landings[0] == landings[1] == landings[2]


def test_no_worker_outlives_a_killed_ingest(path, home):
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(path), str(home)],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    # The workers hold the other end of the pipe: it ends when the last of them has ended.
    process.communicate(timeout=60)
    assert process.returncode == -9
