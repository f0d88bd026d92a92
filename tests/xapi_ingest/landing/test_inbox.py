"""What lies in the inbox lands, then moves aside; nothing is lost, written over or taken half."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.xapi_ingest.archives import saved, zipped
from xapi_ingest.landing.inbox import ingest_inbox
from xapi_ingest.landing.ingest import ingest_paths
from xapi_ingest.landing.ledger import open_ledger
from xapi_ingest.landing.reference import landed_ids
from xapi_ingest.settings import load_settings

REPOSITORY = Path(__file__).parents[3]
UNITS = "org_unit_id,org_unit_name,parent_org_unit_id\n"


@pytest.fixture
def inbox(settings):
    settings.inbox.mkdir(parents=True)
    return settings.inbox


@pytest.fixture
def line(make_statement):
    return lambda number: json.dumps(make_statement(number)).encode() + b"\n"


def shelved(inbox):
    """Files by their place under the day's folder."""
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    return {
        path.relative_to(inbox).as_posix().replace(today, "DAY"): path.read_bytes()
        for path in inbox.rglob("*")
        if path.is_file()
    }


def entries(settings):
    with open_ledger(settings) as ledger:
        return {entry.place: entry for entry in ledger.entries()}


def test_what_landed_moves_to_processed_and_what_failed_to_failed_with_its_reason(
    settings, inbox, landing, line
):
    saved(inbox / "lms" / "2026" / "a.ndjson", line(1))
    saved(inbox / "b.ndjson", line(2) + b"{}\n")
    saved(inbox / "hr" / "org_units.csv", f"{UNITS}a,,\n".encode())
    saved(inbox / "lms" / "notes.txt", b"for people")
    report = ingest_inbox(settings=settings)
    assert report.exit_code == 1
    files = shelved(inbox)
    reason = files.pop(".failed/DAY/hr/org_units.csv.reason.txt").decode()
    assert files == {
        ".processed/DAY/lms/2026/a.ndjson": line(1),
        ".processed/DAY/b.ndjson": line(2) + b"{}\n",
        ".failed/DAY/hr/org_units.csv": f"{UNITS}a,,\n".encode(),
        "lms/notes.txt": b"for people",
    }
    assert "breaks the contract of org_units" in reason
    assert "line 2, column org_unit_name: is empty" in reason
    assert "move the file back to inbox/hr/org_units.csv" in reason
    found = entries(settings)
    assert {place: entry.outcome for place, entry in found.items()} == {
        "inbox/lms/2026/a.ndjson": "landed",
        "inbox/b.ndjson": "landed",
        "inbox/hr/org_units.csv": "failed",
    }
    entry = found["inbox/lms/2026/a.ndjson"]
    assert set(entry.batch_ids) < landing.marks()
    assert (entry.source_name, entry.input_bytes) == ("lms", len(line(1)))
    assert entry.moved_to.startswith("inbox/.processed/")
    assert entry.moved_to.endswith("/lms/2026/a.ndjson")
    assert ingest_inbox(settings=settings).files == []
    assert [name for name in shelved(inbox) if name[0] != "."] == ["lms/notes.txt"]


def test_names_that_repeat_are_kept_beside_one_another(settings, inbox, line):
    for number in range(3):
        saved(inbox / "lms" / "day.ndjson.gz", b"")
        saved(inbox / "lms" / "day.ndjson", line(number))
        ingest_inbox(settings=settings)
    files = shelved(inbox)
    assert [files[f".processed/DAY/lms/day{end}.ndjson"] for end in ("", ".2", ".3")] == [
        line(number) for number in range(3)
    ]
    assert {name for name in files if name.startswith(".failed")} == {
        f".failed/DAY/lms/day{end}.ndjson.gz{kind}"
        for end in ("", ".2", ".3")
        for kind in ("", ".reason.txt")
    }


def test_an_archive_of_which_one_member_failed_is_put_with_the_failed(
    settings, inbox, landing, line
):
    saved(inbox / "lms" / "a.zip", zipped({"a.ndjson": line(1), "talks.csv": b"who,when\nx,y\n"}))
    ingest_inbox(settings=settings)
    files = shelved(inbox)
    reason = files[".failed/DAY/lms/a.zip.reason.txt"].decode()
    assert reason.startswith("a.zip/talks.csv: holds rows, and no mapping says what they mean")
    assert ".failed/DAY/lms/a.zip" in files
    assert entries(settings)["inbox/lms/a.zip"].outcome == "partly"
    assert len(landing.rows("statements")) == 1


def test_a_table_without_a_mapping_is_told_which_one_would_fit(settings, inbox):
    samples = REPOSITORY / "tests" / "xapi_ingest" / "mapping" / "samples" / "zoom-attendance"
    (sample,) = [path for path in samples.iterdir() if path.suffix == ".csv"]
    saved(inbox / "zoom" / "meeting.csv", sample.read_bytes())
    (problem,) = ingest_inbox(settings=settings).problems
    assert "zoom-attendance would fit its columns" in problem
    assert "tilth ingest --mapping zoom-attendance FILE" in problem


def test_a_file_that_is_being_written_stays_and_the_rest_lands(settings, inbox, landing, line):
    settings = load_settings(home=settings.home, inbox_settle_seconds=60)
    growing = saved(inbox / "lms" / "growing.ndjson", line(1))
    saved(inbox / "lms" / "fresh.ndjson", line(2))
    old = saved(inbox / "lms" / "old.ndjson", line(3))
    os.utime(old, (1, 1))
    waits = []

    def write_on(seconds):
        waits.append(seconds)
        with growing.open("ab") as file:
            file.write(line(4))

    report = ingest_inbox(settings=settings, sleep=write_on)
    assert waits == [60]
    assert report.exit_code == 0
    assert report.remarks == ["inbox/lms/growing.ndjson: is being written; the next night takes it"]
    assert report.accepted_count == 2
    assert growing.exists()
    ingest_inbox(settings=settings, sleep=waits.append)
    assert {row["statement_id"][-1] for row in landing.rows("statements")} == set("1234")


def test_a_file_that_is_written_behind_the_reader_is_read_again(settings, inbox, landing, line):
    path = saved(inbox / "lms" / "a.ndjson", line(1))
    ingest_paths([path], settings=settings, source="lms")

    def write_on(done, size, name):
        with path.open("ab") as file:
            file.write(line(2))

    # It is known, so only its hash is taken; what is written behind that no pass has seen.
    report = ingest_inbox(settings=settings, on_progress=write_on)
    assert report.already_landed_count == 1
    assert report.remarks == [
        "inbox/lms/a.ndjson: has been written since it was read; the next night reads it again"
    ]
    ingest_inbox(settings=settings)
    assert not path.exists()
    assert {row["statement_id"][-1] for row in landing.rows("statements")} == {"1", "2"}


def test_a_file_that_grows_without_an_end_is_let_go_and_stays(settings, inbox, landing, line):
    path = saved(inbox / "lms" / "a.ndjson", line(1))

    def write_on(done, size, name):
        with path.open("ab") as file:
            file.write(line(2))

    report = ingest_inbox(settings=settings, on_progress=write_on)
    assert "changed while it was read" in report.problems[0]
    assert path.exists()
    assert landing.rows("batches") == []


def test_a_file_whose_writer_went_on_after_it_was_taken_is_named_and_its_end_lands(
    settings, inbox, landing, line
):
    path = saved(inbox / "lms" / "a.ndjson", line(1))
    with path.open("ab") as writer:
        ingest_inbox(settings=settings)
        writer.write(line(2))
    (problem,) = ingest_inbox(settings=settings).problems
    assert "inbox/lms/a.ndjson: went on growing after it was taken" in problem
    (moved,) = inbox.glob(".processed/*/lms/a.ndjson")
    moved.rename(path)
    assert ingest_inbox(settings=settings).problems == []
    assert {row["statement_id"][-1] for row in landing.rows("statements")} == {"1", "2"}
    assert ingest_inbox(settings=settings).problems == []


def test_files_stay_where_the_setting_says_so_and_land_once(settings, inbox, landing, line):
    settings = load_settings(home=settings.home, inbox_settle_seconds=0, inbox_keep=True)
    path = saved(inbox / "lms" / "a.ndjson", line(1))
    for _ in range(2):
        assert ingest_inbox(settings=settings).exit_code == 0
    assert shelved(inbox) == {"lms/a.ndjson": path.read_bytes()}
    assert len(landing.rows("statements")) == 1
    assert len(entries(settings)) == 1


def test_what_a_link_shows_stays_where_it_belongs(tmp_path, settings, inbox, landing, line):
    elsewhere = saved(tmp_path / "exports" / "a.ndjson", line(1))
    (inbox / "lms").symlink_to(elsewhere.parent)
    saved(tmp_path / "b.ndjson", line(2))
    (inbox / "b.ndjson").symlink_to(tmp_path / "b.ndjson")
    ingest_inbox(settings=settings)
    assert elsewhere.exists()
    assert (inbox / "b.ndjson").is_symlink()
    assert len(landing.rows("statements")) == 2
    assert ingest_inbox(settings=settings).already_landed_count == 2


def test_a_file_that_is_named_stays_and_is_in_the_ledger(tmp_path, settings, line):
    path = saved(tmp_path / "a.ndjson", line(1))
    ingest_paths([path], settings=settings)
    assert path.exists()
    assert entries(settings)[str(path)].outcome == "landed"


def test_a_ledger_that_is_lost_is_made_again_from_the_landing(settings, inbox, line):
    saved(inbox / "lms" / "a.ndjson", line(1))
    ingest_inbox(settings=settings)
    (before,) = entries(settings).values()
    (settings.state / "ledger.sqlite").unlink()
    (after,) = entries(settings).values()
    assert after.place == "a.ndjson"
    assert (after.source_name, after.batch_ids, after.input_bytes, after.outcome) == (
        before.source_name,
        before.batch_ids,
        before.input_bytes,
        "landed",
    )


def test_of_several_snapshots_of_a_table_the_newest_good_one_lands_alone(settings, inbox, landing):
    settings = load_settings(home=settings.home, inbox_settle_seconds=0, inbox_keep=True)
    names = {"jan": "January", "mar": "March", "feb": "February"}
    for at, (folder, name) in enumerate(names.items()):
        path = saved(inbox / "hr" / folder / "org_units.csv", f"{UNITS}a,{name},\n".encode())
        os.utime(path, (at, at))
    broken = saved(inbox / "hr" / "new" / "org_units.csv", UNITS.encode())
    for _ in range(2):
        report = ingest_inbox(settings=settings)
        assert [row["org_unit_name"] for row in landing.rows("org_units")] == ["February"]
        superseded = [file.superseded_by for file in report.files]
        assert sum(name is not None for name in superseded) == 2
        assert len(report.problems) == 1
    broken.unlink()
    assert len(ingest_inbox(settings=settings).problems) == 0
    assert len(landing.rows("batches")) == 1
    os.utime(inbox / "hr" / "mar" / "org_units.csv", (9, 9))
    ingest_inbox(settings=settings)
    assert [row["org_unit_name"] for row in landing.rows("org_units")] == ["February", "March"] or [
        row["org_unit_name"] for row in landing.rows("org_units")
    ] == ["March", "February"]


def in_force(settings, landing):
    """Name of the unit in every snapshot, in the order of landing: the last is in force."""
    rows = {row["batch_id"]: row["org_unit_name"] for row in landing.rows("org_units")}
    return [rows[batch] for batch in landed_ids(settings.landing, "hr", "org_units")]


@pytest.mark.parametrize(
    "case",
    [("org_units.csv", False), ("org_units.csv", True), ("export.zip", False)],
)
def test_a_snapshot_that_stays_in_the_inbox_does_not_replace_what_was_handed_in_since(
    tmp_path, settings, inbox, landing, case
):
    name, is_ledger_lost = case
    settings = load_settings(home=settings.home, inbox_settle_seconds=0, inbox_keep=True)
    old, new = (f"{UNITS}a,{each},\n".encode() for each in ("Old", "New"))
    lying, changed = old, new
    if name.endswith("zip"):
        lying, changed = (zipped({"org_units.csv": each}) for each in (old, new))
    path = saved(inbox / "hr" / name, lying)
    ingest_inbox(settings=settings)
    ingest_paths([saved(tmp_path / "org_units.csv", new)], settings=settings, source="hr")
    if is_ledger_lost:
        (settings.state / "ledger.sqlite").unlink()
    for _ in range(2):
        assert ingest_inbox(settings=settings).already_landed_count == 1
    assert in_force(settings, landing) == ["Old", "New"]
    # A person who names the older file means it, and so does one who puts it back in its place.
    ingest_paths([saved(tmp_path / "old" / name, lying)], settings=settings, source="hr")
    assert in_force(settings, landing) == ["Old", "New", "Old"]
    saved(path, changed)
    ingest_inbox(settings=settings)
    saved(path, lying)
    ingest_inbox(settings=settings)
    assert in_force(settings, landing) == ["Old", "New", "Old", "New", "Old"]


def test_snapshots_in_archives_and_beside_them_are_one_choice(settings, inbox, landing):
    packed = zipped({"org_units.csv": f"{UNITS}a,Packed,\n".encode()})
    old = saved(inbox / "hr" / "old.zip", packed)
    os.utime(old, (1, 1))
    saved(inbox / "hr" / "org_units.csv", f"{UNITS}a,Plain,\n".encode())
    ingest_inbox(settings=settings)
    assert [row["org_unit_name"] for row in landing.rows("org_units")] == ["Plain"]
    assert entries(settings)["inbox/hr/old.zip"].outcome == "superseded"
    assert all(name.startswith(".processed/") for name in shelved(inbox))


KILLED = """
import os, signal, sys
from pathlib import Path
from xapi_ingest.landing.inbox import ingest_inbox
from xapi_ingest.settings import load_settings
home, kills = Path(sys.argv[1]), int(sys.argv[2])
touches = last = 0
def count(event, arguments):
    global touches
    if event in {"open", "os.rename", "os.remove", "os.mkdir", "sqlite3.connect"}:
        touches += 1
        if touches == last:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(count)
def in_a_child(name, kill_at):
    global touches, last
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    touches, last = 0, kill_at
    ingest_inbox(settings=load_settings(home=home / name, inbox_settle_seconds=0))
    Path(home, name, "touches").write_text(str(touches))
    os._exit(0)
in_a_child("whole", 0)
in_all = int(Path(home, "whole", "touches").read_text())
for number in range(kills):
    kill_at = 1 + number * (in_all - 1) // (kills - 1)
    print(number, os.WTERMSIG(in_a_child(str(number), kill_at)), flush=True)
    in_a_child(str(number), 0)
"""


def test_a_kill_in_any_phase_loses_and_doubles_no_file(tmp_path, landing_of, line):
    kills = 12
    for name in ["whole", *map(str, range(kills))]:
        inbox = tmp_path / name / "inbox"
        saved(inbox / "lms" / "a.ndjson", line(1) + line(2))
        saved(inbox / "lms" / "b.zip", zipped({"b.ndjson": line(3), "c.ndjson": line(4)}))
        saved(inbox / "hr" / "org_units.csv", f"{UNITS}a,,\n".encode())
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path), str(kills)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert [int(row.split()[1]) for row in done.stdout.splitlines()] == [9] * kills, done.stderr
    expected = landing_of(tmp_path / "whole" / "landing").everything()
    files = shelved(tmp_path / "whole" / "inbox")
    assert len(files) == 4
    for number in range(kills):
        home = tmp_path / str(number)
        landing = landing_of(home / "landing")
        assert landing.everything() == expected, f"kill {number} of {kills}"
        assert shelved(home / "inbox") == files, f"kill {number} of {kills}"
        unpacked = home / "state" / "unpacked"
        assert [path for path in unpacked.rglob("*") if path.suffix != ".lock"] == []
