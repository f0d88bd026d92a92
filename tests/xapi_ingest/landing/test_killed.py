"""A kill in any phase, or two at once, then the same command: the undisturbed landing.

The process kills itself at its n-th touch of the file system (an audit hook counts them), so that
every phase is met and nothing depends on how fast the machine is.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.xapi_ingest.archives import saved, zipped, zstd
from xapi_ingest.landing.ingest import ingest_paths
from xapi_ingest.settings import load_settings

REPOSITORY = Path(__file__).parents[3]

SCRIPT = """
import os, shutil, signal, sys
from pathlib import Path
from xapi_ingest.landing.ingest import ingest_paths
from xapi_ingest.landing.quarantine import Chosen
from xapi_ingest.landing.replay import replay
from xapi_ingest.landing.resolutions import Decision, discard
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
def act(name):
    if paths[0] == "settle":
        settings = load_settings(home=Path(base, name), batch_rows=50)
        why = Decision("mended", "ann")
        replay(Chosen(), why, settings=settings)
        discard(Chosen(rule_id="actor_has_one_identifier"), why, settings=settings)
        return
    settings = load_settings(home=Path(base, name), max_statement_bytes=100_000, batch_rows=50)
    ingest_paths(list(map(Path, paths)), settings=settings)
def in_a_child(name, kill_at):
    global touches, last
    if paths[0] == "settle" and not Path(base, name).exists():
        shutil.copytree(paths[1], Path(base, name))
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    touches, last = 0, kill_at
    act(name)
    Path(base, name, "touches").write_text(str(touches))
    os._exit(0)
in_a_child("whole", 0)
in_all = int(Path(base, "whole", "touches").read_text())
for number in range(int(kills)):
    kill_at = 1 + number * (in_all - 1) // (int(kills) - 1)
    print(number, os.WTERMSIG(in_a_child(str(number), kill_at)), flush=True)
    in_a_child(str(number), 0)
"""
ALONE = SCRIPT.split("in_a_child(", maxsplit=1)[0].removesuffix("def ") + "act(kills)"


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


@pytest.fixture
def in_quarantine(tmp_path, write_lines, make_statement):
    """A landing with items of two batches of which some would pass now."""
    long = {"response": "x" * 3_000}
    rows = [make_statement(number, result=long if number % 3 else {}) for number in range(60)]
    more = [*rows[:3], {"actor": {}}]
    home = tmp_path / "refused"
    ingest_paths(
        [write_lines("c.ndjson", rows), write_lines("d.ndjson", more)],
        settings=load_settings(home=home, max_statement_bytes=2_000, batch_rows=50),
    )
    return home


def test_a_kill_in_any_phase_of_settling_the_quarantine_changes_nothing(
    tmp_path, in_quarantine, landing_of
):
    output = start(SCRIPT, tmp_path, 16, "settle", in_quarantine).communicate()[0]
    assert [int(line.split()[1]) for line in output.splitlines()] == [9] * 16
    whole = landing_of(tmp_path / "whole" / "landing")
    actions = [row["action"] for row in whole.rows("resolutions")]
    assert (actions.count("replayed"), actions.count("discarded")) == (42, 1)
    for number in range(16):
        landing = landing_of(tmp_path / str(number) / "landing")
        assert landing.everything() == whole.everything(), f"kill {number} of 16"
        assert landing.strays() == []


def test_two_replays_at_once_land_what_passes_once(tmp_path, in_quarantine, landing_of):
    for name in ("one", "both"):
        shutil.copytree(in_quarantine, tmp_path / name, dirs_exist_ok=True)
    assert start(ALONE, tmp_path, "one", "settle", in_quarantine).wait() == 0
    both = [start(ALONE, tmp_path, "both", "settle", in_quarantine) for _ in range(2)]
    assert [process.wait() for process in both] == [0, 0]
    landing = landing_of(tmp_path / "both" / "landing")
    assert landing.everything() == landing_of(tmp_path / "one" / "landing").everything()
