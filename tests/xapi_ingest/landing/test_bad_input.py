"""Every bad input ends in a sentence with file, place and remedy; the rest lands; exit code 1."""

import gzip
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from xapi_ingest.landing.ingest import ingest_paths
from xapi_ingest.landing.intake import Intake

REPOSITORY = Path(__file__).parents[3]


def only(report):
    (line,) = report.problems
    assert report.exit_code == 1
    return line


def balanced(report, accepted, rejected):
    assert (report.accepted_count, report.rejected_count) == (accepted, rejected)
    assert report.read_count == accepted + rejected


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_named(content, tmp_path, ingest, landing):
    for name in ("a.ndjson", "b.json"):
        path = tmp_path / name
        path.write_bytes(content)
        assert only(ingest(path)).startswith(f"{name}: ")
    assert landing.rows("batches") == []


def test_an_empty_result_is_no_fault(tmp_path, ingest):
    (tmp_path / "a.json").write_text('{"statements": [], "more": ""}')
    (tmp_path / "b.json").write_text("[]")
    assert ingest(tmp_path / "a.json", tmp_path / "b.json").exit_code == 0


def test_a_truncated_gzip_lands_what_came_before(tmp_path, ingest, make_statement):
    lines = b"".join(json.dumps(make_statement(n)).encode() + b"\n" for n in range(2000))
    path = tmp_path / "a.ndjson.gz"
    path.write_bytes(gzip.compress(lines)[:-2000])
    report = ingest(path)
    assert 100 < report.accepted_count < 2000
    line = only(report)
    assert f"a.ndjson.gz: item {report.read_count} rejected by file_is_whole" in line
    assert "cut off" in line
    balanced(report, report.accepted_count, 1)


@pytest.mark.parametrize("tail", [b"not gzip", b"\0\0\0not gzip"])
def test_what_follows_a_gzip_is_not_lost_in_silence(tail, tmp_path, ingest, make_statement):
    path = tmp_path / "a.ndjson.gz"
    path.write_bytes(gzip.compress(json.dumps(make_statement(1)).encode() + b"\n") + tail)
    report = ingest(path)
    balanced(report, 1, 1)
    assert "file_is_whole" in only(report)


def test_padding_behind_a_gzip_is_nothing(tmp_path, ingest, make_statement):
    path = tmp_path / "a.ndjson.gz"
    path.write_bytes(gzip.compress(json.dumps(make_statement(1)).encode()) + b"\0" * 512)
    assert ingest(path).problems == []


def test_a_plain_file_called_gz_is_said_to_be_damaged(tmp_path, ingest, make_statement):
    path = tmp_path / "a.ndjson.gz"
    path.write_text(json.dumps(make_statement(1)))
    report = ingest(path)
    balanced(report, 0, 1)
    assert "damaged" in only(report)


@pytest.mark.parametrize("form", ["lines", "array", "envelope"])
def test_a_file_cut_in_a_statement_lands_what_came_before(form, tmp_path, ingest, make_statement):
    statements = [make_statement(number) for number in range(3)]
    text = {
        "lines": "\n".join(map(json.dumps, statements)),
        "array": json.dumps(statements)[:-1],
        "envelope": json.dumps({"statements": statements})[:-2],
    }[form]
    path = tmp_path / ("a.ndjson" if form == "lines" else "a.json")
    path.write_text(text[:-20])
    report = ingest(path)
    balanced(report, 2, 1)
    assert "a." in only(report)
    assert "item 3 rejected by file_is_whole" in only(report)


def test_a_whole_statement_before_a_cut_lands(tmp_path, ingest, make_statement):
    path = tmp_path / "a.json"
    path.write_text(json.dumps([make_statement(1), make_statement(2)])[:-1])
    balanced(ingest(path), 2, 1)


@pytest.mark.parametrize(
    ("bad", "rule_id"),
    [
        (b'{"actor": "\xff"}', "statement_is_utf8"),
        (b'{"result": {"score": {"raw": NaN}}}', "number_is_finite"),
        (b'{"verb": {}, "verb": {}}', "key_appears_once"),
        (b"[" * 50_000 + b"]" * 50_000, "nesting_is_limited"),
        (b'{"a":' * 9_000 + b"1" + b"}" * 9_000, "nesting_is_limited"),
        (b'{"actor":', "statement_is_json"),
        (b"null", "statement_is_an_object"),
        (b"x" * 200_000, "statement_fits_the_limit"),
    ],
)
def test_a_bad_statement_stands_aside_and_its_neighbours_land(
    bad, rule_id, write_lines, ingest, landing
):
    path = write_lines("a.ndjson", [1, bad, 2])
    report = ingest(path)
    balanced(report, 2, 1)
    assert f"a.ndjson: item 2 rejected by {rule_id}: " in only(report)
    (row,) = landing.rows("rejected")
    assert (row["position"], row["rule_ids"], row["received_size"]) == (2, [rule_id], len(bad))
    if row["overflow_name"]:
        assert (landing.root / "overflow" / row["overflow_name"]).read_bytes() == bad
    else:
        assert row["received_bytes"] == bad
    again = ingest(path)
    assert (again.problems, again.landed_count) == (report.problems, 0)


def test_an_overlong_element_of_an_array_stands_aside_too(
    tmp_path, ingest, landing, make_statement
):
    long = make_statement(2, result={"response": 'x\\"]}' * 60_000})
    path = tmp_path / "a.json"
    path.write_text(json.dumps([make_statement(1), long, make_statement(3)]))
    balanced(ingest(path), 2, 1)
    (row,) = landing.rows("rejected")
    assert json.loads((landing.root / "overflow" / row["overflow_name"]).read_bytes()) == long


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(tmp_path, ingest, make_statement):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.ndjson").write_text(json.dumps(make_statement(1)))
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "gone.json").symlink_to(tmp_path / "nowhere")
    (tmp_path / "in" / ".hidden.json").write_text("{}")
    (tmp_path / "x.docx").write_text("")
    report = ingest(tmp_path / "in", tmp_path / "missing.json", tmp_path / "x.docx")
    assert report.accepted_count == 1
    assert sorted(report.skipped) == [".hidden.json", "gone.json"]
    assert [line.split(":")[0] for line in report.problems] == ["missing.json", "x.docx"]


def test_a_file_that_changes_while_it_is_read_lands_nothing(
    write_lines, settings, landing, make_statement
):
    path = write_lines("a.ndjson", [make_statement(number) for number in range(99)])
    intake = Intake(path)
    intake.digest()
    more = json.dumps(make_statement(100)) + "\n"

    def grow(done, size, name):
        with path.open("a") as file:
            file.write(more if done <= size else "")

    report = ingest_paths([path], settings=settings, on_progress=grow)
    assert "changed while it was read" in only(report)
    assert landing.rows("batches") == landing.rows("statements") == landing.strays() == []
    assert ingest_paths([path], settings=settings).accepted_count > 99


def run_script(script, *arguments, timeout=120):
    return subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
        timeout=timeout,
    )


DROPPED = """
import os, sys
from pathlib import Path
from xapi_ingest.landing.ingest import ingest_paths
from xapi_ingest.settings import load_settings
folder = Path(sys.argv[1])
settings = load_settings(home=folder / "home")
ingest_paths([folder / "first.json"], settings=settings)
for path in [folder, *folder.rglob("*")]:
    if path.name not in {"closed", "closed.json"}:
        path.chmod(0o777)
if os.geteuid() == 0:
    os.seteuid(65534)
report = ingest_paths([folder / "in"], settings=settings)
print(report.accepted_count, report.exit_code)
print(*report.problems, sep="\\n")
"""


def test_without_rights_it_says_so_and_the_rest_lands(make_statement):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in" / "closed").mkdir(parents=True)
        for number, path in enumerate(("first.json", "in/closed.json", "in/open.json")):
            (folder / path).write_text(json.dumps(make_statement(number)))
        (folder / "in" / "closed.json").chmod(0)
        (folder / "in" / "closed").chmod(0)
        done = run_script(DROPPED, folder)
    assert done.stderr == ""
    numbers, *problems = done.stdout.splitlines()
    assert numbers == "1 1"
    assert [line.split(": ")[0] for line in problems] == ["closed", "closed.json"]
    assert all("cannot be read: Permission denied" in line for line in problems)
