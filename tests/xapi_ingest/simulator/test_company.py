"""The door: same seed, same bytes; impossible arguments; all or nothing."""

import hashlib
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from xapi_ingest.errors import InputError, SettingsError
from xapi_ingest.simulator.company import DEFAULT_END, simulate

SMALL = {"employees": 40, "weeks": 6}


def digest(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_arguments_give_the_same_bytes(tmp_path):
    simulate(out=tmp_path / "one", **SMALL)
    simulate(out=tmp_path / "two", **SMALL)
    assert digest(tmp_path / "one") == digest(tmp_path / "two")


def test_another_seed_gives_another_company(tmp_path):
    simulate(out=tmp_path / "one", **SMALL)
    simulate(out=tmp_path / "two", **SMALL, seed=8)
    one, two = digest(tmp_path / "one"), digest(tmp_path / "two")
    assert one["exports/hr/employees.csv"] != two["exports/hr/employees.csv"]
    assert one["truth/truth.json"] != two["truth/truth.json"]


def test_the_default_end_is_a_sunday_and_the_report_says_the_period(tmp_path):
    report = simulate(out=tmp_path / "out", **SMALL)
    assert DEFAULT_END.isoweekday() == 7
    assert (report.start_date, report.end_date) == (date(2026, 8, 17), DEFAULT_END)
    assert report.as_dict()["statement_count"] == report.statement_count > 500
    assert report.byte_count == sum(
        path.stat().st_size for path in report.exports.rglob("*") if path.is_file()
    )


def test_an_end_within_a_week_stops_at_the_sunday_before(tmp_path):
    report = simulate(out=tmp_path / "out", **SMALL, end=date(2025, 1, 1))
    assert report.end_date == date(2024, 12, 29)


def test_progress_is_told_week_by_week(tmp_path):
    told = []
    simulate(
        out=tmp_path / "out", **SMALL, on_progress=lambda done, total: told.append((done, total))
    )
    assert told == [(week, 6) for week in range(1, 7)]


def test_the_smallest_company_works(tmp_path):
    report = simulate(out=tmp_path / "out", employees=20, weeks=4)
    assert report.statement_count > 0


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        ({"employees": 19}, "between 20 and 100000"),
        ({"employees": 100_001}, "between 20 and 100000"),
        ({"weeks": 3}, "between 4 and 520"),
        ({"weeks": 521}, "between 4 and 520"),
        ({"seed": -1}, "between 0 and"),
        ({"end": date(1999, 12, 31)}, "between 2012-01-01 and 2099-12-31"),
    ],
)
def test_impossible_arguments_are_refused_with_the_allowed_range(tmp_path, arguments, allowed):
    with pytest.raises(SettingsError, match=allowed):
        simulate(out=tmp_path / "out", **arguments)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_something_else_in_it_is_refused_and_left_alone(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("years of work")
    with pytest.raises(InputError, match="not empty"):
        simulate(out=tmp_path / "out", **SMALL)
    assert [path.name for path in tmp_path.rglob("*.*")] == ["thesis.txt"]


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "out").write_text("not a folder")
    with pytest.raises(InputError, match="not empty"):
        simulate(out=tmp_path / "out", **SMALL)


def test_an_earlier_simulation_is_replaced_whole(tmp_path):
    simulate(out=tmp_path / "out", employees=40, weeks=8)
    simulate(out=tmp_path / "out", **SMALL)
    simulate(out=tmp_path / "fresh", **SMALL)
    assert digest(tmp_path / "out") == digest(tmp_path / "fresh")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fresh", "out"]


def run_simulation(out: Path, before: str, progress: str) -> subprocess.CompletedProcess:
    code = (
        "import os, resource, signal\n"
        "from pathlib import Path\n"
        "from xapi_ingest.simulator.company import simulate\n"
        f"{before}\n"
        f"simulate(out=Path({str(out)!r}), employees=40, weeks=6, on_progress={progress})\n"
    )
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_kill_leaves_no_half_written_company(tmp_path):
    out = tmp_path / "out"
    kill = "lambda done, total: done == 3 and os.kill(os.getpid(), signal.SIGKILL)"
    assert run_simulation(out, "", kill).returncode == -9
    assert not out.exists()
    simulate(out=out, **SMALL)
    simulate(out=tmp_path / "fresh", **SMALL)
    assert digest(out) == digest(tmp_path / "fresh")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fresh", "out"]


def test_a_kill_leaves_the_earlier_company_as_it_was(tmp_path):
    out = tmp_path / "out"
    simulate(out=out, employees=30, weeks=4)
    before = digest(out)
    kill = "lambda done, total: done == 3 and os.kill(os.getpid(), signal.SIGKILL)"
    assert run_simulation(out, "", kill).returncode == -9
    assert digest(out) == before


def test_a_disk_that_takes_no_more_leaves_nothing_and_says_so(tmp_path):
    limit = "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))"
    ended = run_simulation(tmp_path / "out", limit, "None")
    assert "InputError" in ended.stderr
    assert "cannot be written" in ended.stderr
    assert list(tmp_path.iterdir()) == []
