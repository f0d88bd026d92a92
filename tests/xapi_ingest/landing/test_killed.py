"""A kill in any phase, or two ingests at once, then the same command: the undisturbed landing.

The process kills itself at its n-th touch of the file system (an audit hook counts them), so that
every phase is met and nothing depends on how fast the machine is.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from xapi_ingest.landing.ingest import ingest_paths
from xapi_ingest.settings import load_settings

REPOSITORY = Path(__file__).parents[3]

SCRIPT = """
import os, signal, sys
from pathlib import Path
from xapi_ingest.landing.ingest import ingest_paths
from xapi_ingest.settings import load_settings
home, last, *paths = sys.argv[1:]
settings = load_settings(home=Path(home), max_statement_bytes=100_000, batch_rows=50)
touches = 0
def count(event, arguments):
    global touches
    if event in {"open", "os.rename", "os.remove", "os.mkdir"}:
        touches += 1
        if touches == int(last):
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(count)
ingest_paths(list(map(Path, paths)), settings=settings)
print(touches)
"""


def start(home, last, *paths):
    arguments = [sys.executable, "-c", SCRIPT, str(home), str(last), *map(str, paths)]
    return subprocess.Popen(arguments, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)


@pytest.fixture
def inputs(tmp_path, write_lines, make_statement):
    rows = [make_statement(number) for number in range(300)]
    rows[40] = {"actor": {}}
    rows[70] = b"x" * 150_000
    people = tmp_path / "employees.csv"
    people.write_text(
        "employee_id,full_name,email,username,org_unit_id,manager_employee_id,role_family,"
        "location,time_zone,is_frontline,hire_date,leave_date\ne1,,,,,,,,,,,\n"
    )
    return [write_lines("a.ndjson", rows), write_lines("b.ndjson", rows[:9]), people]


def test_a_kill_in_any_phase_changes_nothing(tmp_path, inputs, landing_of):
    whole = start(tmp_path / "whole", 0, *inputs)
    touches = int(whole.communicate()[0])
    expected = landing_of(tmp_path / "whole" / "landing").everything()
    killed = 0
    for last in range(3, touches, max(1, touches // 14)):
        home = tmp_path / f"home{last}"
        process = start(home, last, *inputs)
        process.communicate()
        killed += process.returncode == -9
        settings = load_settings(home=home, max_statement_bytes=100_000, batch_rows=50)
        ingest_paths(inputs, settings=settings)
        landing = landing_of(home / "landing")
        assert landing.everything() == expected, f"killed at touch {last} of {touches}"
        assert landing.strays() == []
    assert killed > 10


def test_two_ingests_of_one_file_at_once_land_it_once(tmp_path, inputs, landing_of):
    ingest_paths(
        inputs,
        settings=load_settings(home=tmp_path / "one", max_statement_bytes=100_000, batch_rows=50),
    )
    both = [start(tmp_path / "both", 0, *inputs) for _ in range(2)]
    assert [process.wait() for process in both] == [0, 0]
    landing = landing_of(tmp_path / "both" / "landing")
    assert landing.everything() == landing_of(tmp_path / "one" / "landing").everything()
