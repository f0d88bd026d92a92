"""The command line: quick, helpful, and never a traceback for what a user can mend."""

import json
import socket
import subprocess
import sys

import duckdb
import pytest

from pipelines.lib.clock import as_of_from_text
from pipelines.lib.history import Run, write_run
from pipelines.lib.publish import publish
from tests.pipelines.conftest import land, statement

COMMANDS = [
    "ingest",
    "map",
    "validate",
    "pull",
    "run",
    "status",
    "sql",
    "dashboards",
    "dev",
    "doctor",
    "simulate",
]
SLOW = ["dagster", "dbt", "streamlit", "pandas", "great_expectations", "pyarrow.dataset"]


def test_help_waits_for_no_framework():
    code = f"import sys, pipelines.cli; print([name for name in {SLOW} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_help_names_every_command_and_what_the_exit_codes_mean(tilth):
    code, said, _ = tilth("--help")
    assert code == 0
    assert all(command in said for command in [*COMMANDS, "Exit codes"])


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself_and_its_exit_codes(tilth, command):
    code, said, _ = tilth(command, "--help")
    assert code == 0
    assert "Exit codes" in said


@pytest.mark.parametrize(
    "arguments",
    [["nonsense"], ["ingest"], ["validate"], ["sql"], ["run", "--as-of"], ["status", "--yaml"]],
)
def test_wrong_usage_is_exit_code_2(tilth, settings, arguments):
    assert tilth(*arguments)[0] == 2


def test_a_setting_that_cannot_be_used_is_named(tilth, settings, monkeypatch):
    monkeypatch.setenv("TILTH_KEEP_BUILDS", "many")
    code, _, said = tilth("status")
    assert code == 2
    assert "TILTH_KEEP_BUILDS" in said
    assert "Traceback" not in said


def test_a_clock_that_cannot_be_read_stops_before_the_night(tilth, settings):
    code, _, said = tilth("run", "--as-of", "soon")
    assert code == 2
    assert "'soon' is neither a date nor an instant" in said
    assert not settings.root.exists()


def test_a_port_in_use_is_named_with_what_to_do(tilth, settings):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        for command in ("dashboards", "dev"):
            code, _, said = tilth(command, "--port", port)
            assert code == 2
            assert f"Port {port}" in said
            assert "--port" in said


def published(settings) -> None:
    settings.warehouse.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(settings.warehouse)) as connection:
        connection.execute("create schema reports")
        connection.execute(
            "create table reports.rpt_one as select i as n, 'a,b' as t from range(3) r(i)"
        )
    now = as_of_from_text("2026-09-27")
    run = Run(run_id="night-1", started_at=now, as_of=now, code_version="1")
    run.build_id = publish(settings, run)
    run.status = "published"
    write_run(settings, run)


def test_sql_before_anything_is_published_says_what_to_do(tilth, settings):
    code, _, said = tilth("sql", "select 1")
    assert code == 2
    assert "`tilth run` publishes" in said


def test_sql_answers_as_table_json_and_csv(tilth, settings):
    published(settings)
    query = "select n, t from reports.rpt_one order by n"
    assert "a,b" in tilth("sql", query)[1]
    assert json.loads(tilth("sql", query, "--json")[1])[2] == {"n": 2, "t": "a,b"}
    assert tilth("sql", query, "--csv")[1].splitlines()[:2] == ["n,t", '0,"a,b"']


@pytest.mark.parametrize(
    "query",
    [
        "drop table reports.rpt_one",
        "create table x as select 1",
        "insert into reports.rpt_one values (9, 'x')",
        "copy reports.rpt_one to 'out.csv'",
        "select * from read_csv('/etc/hosts')",
        "select * from '/etc/hosts'",
        "attach 'other.duckdb'",
        "install httpfs",
        "set enable_external_access = true",
        "set memory_limit = '1GB'",
        "selekt 1",
    ],
)
def test_sql_can_read_the_published_file_and_do_nothing_else(tilth, settings, query):
    published(settings)
    code, _, said = tilth("sql", query)
    assert code == 2
    assert said.startswith("Error")
    assert tilth("sql", "select count(*) as n from reports.rpt_one", "--csv")[1] == "n\n3\n"


def test_status_of_an_empty_folder_says_how_to_begin_and_makes_nothing(tilth, settings):
    code, said, _ = tilth("status")
    assert code == 0
    assert "tilth ingest" in said
    assert not settings.root.exists()


def test_status_counts_what_each_source_delivered_and_what_is_published(tilth, settings):
    land(settings, [statement(1), statement(2)], read_count=3, rejected_count=1)
    published(settings)
    code, said, _ = tilth("status", "--json")
    now = json.loads(said)
    assert code == 0
    [source] = now["sources"]
    assert (source["source_name"], source["read_count"], source["rejected_count"]) == ("lms", 3, 1)
    assert now["published"]["build_id"] == now["last_run"]["build_id"]
    assert not now["is_stale"]
    assert "lms" in tilth("status")[1]


def test_status_after_a_failed_night_names_the_failure_and_is_exit_code_1(tilth, settings):
    now = as_of_from_text("2026-09-27")
    run = Run(run_id="a", started_at=now, as_of=now, code_version="1", status="failed")
    run.failures = ["unique_fct_posts_statement_id: Got 3 results"]
    write_run(settings, run)
    code, said, _ = tilth("status")
    assert code == 1
    assert "unique_fct_posts_statement_id: Got 3 results" in said


def test_doctor_finds_this_environment_fit(tilth, settings):
    code, said, _ = tilth("doctor", "--json")
    states = {finding["what"]: finding["state"] for finding in json.loads(said)}
    assert code == 0, said
    assert states["Packages"] == states["Telemetry"] == states["Rights"] == "fine"
    assert states["Published"] == "warning"


def test_doctor_finds_telemetry_that_someone_switched_on(tilth, settings):
    settings.dagster_home.mkdir(parents=True)
    (settings.dagster_home / "dagster.yaml").write_text("telemetry: {enabled: true}\n")
    code, said, _ = tilth("doctor")
    assert code == 1
    assert "On: dagster" in said


def test_simulate_makes_exports_that_lie_like_an_inbox(tilth, settings):
    code, said, _ = tilth("simulate", "--employees", "20", "--weeks", "4", "--json")
    assert code == 0
    assert json.loads(said)["statement_count"] > 0
    exports = settings.root / "simulation" / "exports"
    assert {"hr", "lms"} <= {path.name for path in exports.iterdir()}


def test_ingest_names_what_it_refuses_lands_the_rest_and_is_exit_code_1(tilth, settings, tmp_path):
    good = (
        '{"actor":{"mbox":"mailto:a@example.org"},"verb":{"id":"http://example.org/v"},'
        '"object":{"id":"http://example.org/o"},"timestamp":"2026-09-01T09:00:00Z"}'
    )
    export = tmp_path / "export.ndjson"
    export.write_text(f'{good}\n{{"actor":{{}}}}\n')
    code, said, problems = tilth("ingest", str(export), "--source", "lms")
    assert code == 1
    assert "2 read · 1 accepted · 1 rejected" in said
    assert "export.ndjson" in problems
    code, said, _ = tilth("ingest", str(export), "--source", "lms", "--json")
    assert code == 1
    assert json.loads(said)["files"][0]["is_already_landed"]
