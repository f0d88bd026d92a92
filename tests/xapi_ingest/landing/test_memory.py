"""Memory is bounded: by the file's length it is not moved, nor by that of one line."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[3]

PEAK = """
import resource, sys
from pathlib import Path
from xapi_ingest.landing.ingest import ingest_paths
from xapi_ingest.settings import load_settings
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
report = ingest_paths([Path(sys.argv[1])], settings=load_settings(home=Path(sys.argv[2])))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(report.accepted_count, report.rejected_count, (peak - before) // 1024)
"""


def run_script(script, *arguments):
    return subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.mark.parametrize("name", ["a.ndjson", "a.json", "b.json"])
def test_a_line_of_200_mb_is_put_aside_in_little_memory(name, tmp_path, home, make_statement):
    path = tmp_path / name
    with path.open("wb") as file:
        file.write(b"" if name == "a.ndjson" else b"[" if name == "a.json" else b'{"statements":[')
        file.write(json.dumps(make_statement(1)).encode() + b",\n"[name == "a.ndjson" :])
        file.write(b'{"result":{"response":"')
        for _ in range(200):
            file.write(b"x" * 1024 * 1024)
        file.write(b'"}}' + b",\n"[name == "a.ndjson" :] + json.dumps(make_statement(2)).encode())
        file.write(b"\n" if name == "a.ndjson" else b"]" if name == "a.json" else b"]}")
    accepted, rejected, grown = run_script(PEAK, path, home).stdout.split()
    assert (accepted, rejected) == ("2", "1")
    assert int(grown) < 150
    (overflow,) = (home / "landing" / "overflow").iterdir()
    assert overflow.stat().st_size == 200 * 1024 * 1024 + 26


def test_memory_does_not_grow_with_the_file(tmp_path, make_statement):
    peaks = []
    for count in (5_000, 40_000):
        path = tmp_path / f"{count}.ndjson"
        with path.open("w") as file:
            for number in range(count):
                file.write(
                    json.dumps(make_statement(number, result={"response": "x" * 500})) + "\n"
                )
        accepted, _, grown = run_script(PEAK, path, tmp_path / f"home{count}").stdout.split()
        assert accepted == str(count)
        peaks.append(int(grown))
    assert peaks[1] < peaks[0] + 60, f"peaks in MB: {peaks}"
    assert path.stat().st_size > 28_000_000
