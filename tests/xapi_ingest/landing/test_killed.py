"""A kill in any phase, or two ingests at once, then the same command: the undisturbed landing.

The process kills itself at its n-th touch of the file system (an audit hook counts them), so that
every phase is met and nothing depends on how fast the machine is.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.xapi_ingest.archives import saved, zipped, zstd
from xapi_ingest.landing.ingest import ingest_paths
from xapi_ingest.settings import load_settings

REPOSITORY = Path(__file__).parents[3]

SCRIPT = """
import os, signal, sys
from pathlib import Path
from xapi_ingest.landing.ingest import ingest_paths
from xapi_ingest.settings import load_settings
base, kills, *paths = sys.argv[1:]
touches = last = 0
def count(event, arguments):
    global touches
    if event in {"open", "os.rename", "os.remove", "os.mkdir"}:
        touches += 1
        if touches == last:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(count)
def ingest(name):
    settings = load_settings(home=Path(base, name), max_statement_bytes=100_000, batch_rows=50)
    ingest_paths(list(map(Path, paths)), settings=settings)
def in_a_child(name, kill_at):
    global touches, last
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    touches, last = 0, kill_at
    ingest(name)
    Path(base, name, "touches").write_text(str(touches))
    os._exit(0)
in_a_child("whole", 0)
in_all = int(Path(base, "whole", "touches").read_text())
for number in range(int(kills)):
    kill_at = 1 + number * (in_all - 1) // (int(kills) - 1)
    print(number, os.WTERMSIG(in_a_child(str(number), kill_at)), flush=True)
    in_a_child(str(number), 0)
"""
ALONE = SCRIPT.split("in_a_child(", maxsplit=1)[0].removesuffix("def ") + "ingest(kills)"


def start(script, base, argument, *paths):
    arguments = [sys.executable, "-c", script, str(base), str(argument), *map(str, paths)]
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
    more = b"".join(json.dumps(make_statement(number)).encode() for number in range(400, 500))
    packed = saved(tmp_path / "c.zip", zipped({"d.json.zst": zstd(more), "e.json": more[:999]}))
    return [write_lines("a.ndjson", rows), write_lines("b.ndjson", rows[:9]), packed, people]


def test_a_kill_in_any_phase_changes_nothing(tmp_path, inputs, landing_of):
    output = start(SCRIPT, tmp_path, 24, *inputs).communicate()[0]
    signals = [int(line.split()[1]) for line in output.splitlines()]
    assert signals == [9] * 24
    expected = landing_of(tmp_path / "whole" / "landing").everything()
    for number in range(24):
        landing = landing_of(tmp_path / str(number) / "landing")
        assert landing.everything() == expected, f"kill {number} of 24"
        assert landing.strays() == []


def test_two_ingests_of_one_file_at_once_land_it_once(tmp_path, inputs, landing_of):
    ingest_paths(
        inputs,
        settings=load_settings(home=tmp_path / "one", max_statement_bytes=100_000, batch_rows=50),
    )
    both = [start(ALONE, tmp_path, "both", *inputs) for _ in range(2)]
    assert [process.wait() for process in both] == [0, 0]
    landing = landing_of(tmp_path / "both" / "landing")
    assert landing.everything() == landing_of(tmp_path / "one" / "landing").everything()
