"""Whole nights over a small company: what they publish, what stops them, what a kill leaves."""

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from pipelines.lib.history import runs
from pipelines.lib.published import current_file
from pipelines.lib.published_tables import personal_columns
from tests.pipelines.conftest import AS_OF, ROOT, tilth_process
from xapi_ingest.settings import Settings

pytestmark = pytest.mark.warehouse

KILLED_AT = """
import os, signal, sys
from pathlib import Path
from pipelines.lib.orchestrator import run_nightly
from xapi_ingest.settings import Settings

def kill_there(what, done, total):
    if what == sys.argv[2] and done >= int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)

run_nightly(Settings(home=Path(sys.argv[1])), sys.argv[4], kill_there)
"""


def numbers(settings: Settings) -> dict[str, list[tuple]]:
    """Everything that is published but the accounts of the run itself."""
    with duckdb.connect(str(current_file(settings)), read_only=True) as connection:
        names = connection.execute(
            "select schema_name, table_name from duckdb_tables() "
            "where table_name not in ('runs', 'build', 'checks', 'clock')"
        ).fetchall()
        return {
            f"{schema}.{table}": connection.table(f"{schema}.{table}").order("all").fetchall()
            for schema, table in names
        }


def copied(settings: Settings, home: Path) -> Settings:
    """Another data folder over the same landing, with nothing derived from it."""
    shutil.copytree(settings.landing, home / "landing")
    shutil.copytree(settings.published, home / "published")
    return Settings(home=home)


def test_the_night_takes_the_inbox_to_a_published_build(night):
    settings, done = night
    said = json.loads(done.stdout)
    assert said["status"] == "published", done.stderr
    assert said["checks_failed"] == 0
    assert said["statements_new"] == said["statements_total"] > 1000
    assert said["as_of"] == f"{AS_OF}T23:59:59"
    assert current_file(settings).parent.name == said["build_id"]


def test_what_the_inbox_holds_that_is_no_statement_is_named_and_counted(night):
    settings, done = night
    said = json.loads(done.stdout)
    assert done.returncode == (1 if said["refusals"] else 0)
    with duckdb.connect(str(current_file(settings)), read_only=True) as connection:
        query = "select sum(rejected_count) from ops.reconciliation"
        assert connection.execute(query).fetchone()[0] == said["rejected_new"]


def test_the_published_file_reconciles(night):
    settings, _ = night
    with duckdb.connect(str(current_file(settings)), read_only=True) as connection:
        wrong = connection.execute(
            "select source_name from ops.reconciliation where read_count != accepted_count "
            "+ rejected_count or accepted_count != unique_count + duplicate_count + conflict_count"
        ).fetchall()
    assert wrong == []


def test_no_column_of_the_published_file_tells_about_one_person(night):
    settings, _ = night
    with duckdb.connect(str(current_file(settings)), read_only=True) as connection:
        rows = connection.execute(
            "select schema_name, table_name, column_name from duckdb_columns() where not internal"
        ).fetchall()
    assert len(rows) > 100
    assert personal_columns(".".join(row) for row in rows) == []
    assert not [row for row in rows if row[1].startswith("met_")]


def test_no_name_or_address_of_an_employee_is_in_the_published_file(night):
    settings, _ = night
    files = sorted((settings.landing / "employees").rglob("*.parquet"))
    people = [row for path in files for row in pq.read_table(path).to_pylist()]
    assert len(people) >= 60
    secrets = {row[name] for row in people for name in ("email", "full_name", "employee_id")}
    published = json.dumps(list(numbers(settings).values()), default=str)
    assert not [secret for secret in secrets if secret and f'"{secret}"' in published]


def test_every_check_of_the_night_is_published_with_its_outcome(night):
    settings, done = night
    said = json.loads(done.stdout)
    with duckdb.connect(str(current_file(settings)), read_only=True) as connection:
        query = "select status, count(*) from ops.checks group by all"
        counts = dict(connection.execute(query).fetchall())
    assert counts["passed"] == said["checks_passed"]
    assert counts.get("failed", 0) == 0


def test_a_failing_check_publishes_nothing_and_says_which(night, tmp_path):
    settings = copied(night[0], tmp_path / "data")
    shutil.rmtree(settings.published)  # else these batches have been seen
    before = sorted((settings.landing / "statements" / "source=lms").rglob("*.parquet"))
    pq.write_table(pq.read_table(before[0]).slice(1), before[0])
    done = tilth_process(settings.home, "run", "--as-of", AS_OF)
    assert done.returncode == 1
    assert "landing_accepted_rows_are_in_the_file" in done.stderr
    assert "NOT published, the last build stands" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert not settings.published.exists()
    assert runs(settings)[-1].status == "failed"


def test_killed_nights_change_no_number(night, tmp_path):
    settings = copied(night[0], tmp_path / "data")
    for what, done in [("dbt models", 60), ("publish", 0)]:
        killed = subprocess.run(
            [sys.executable, "-c", KILLED_AT, str(settings.home), what, str(done), AS_OF],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        assert numbers(settings) == numbers(night[0]), "the last published build stands"
    again = tilth_process(settings.home, "run", "--as-of", AS_OF)
    assert again.returncode == 0, again.stderr
    assert "0 new statements" in again.stdout
    assert [run.status for run in runs(settings)] == ["interrupted", "interrupted", "published"]
    assert numbers(settings) == numbers(night[0])
