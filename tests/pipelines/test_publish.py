"""What is published, what never is, and how a build takes the place of another."""

import duckdb
import pytest

from pipelines.lib.clock import as_of_from_text
from pipelines.lib.history import Run, write_run
from pipelines.lib.outcomes import CheckOutcome, write_outcomes
from pipelines.lib.publish import publish
from pipelines.lib.published import current_build, current_file, open_published, seen_batches
from pipelines.lib.published_tables import personal_columns
from xapi_ingest.errors import PublishedError, RunError

NOW = as_of_from_text("2026-09-27")


def warehouse(settings, *statements: str) -> None:
    settings.warehouse.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(settings.warehouse)) as connection:
        for name in ("metrics", "reports", "ops", "marts", "staging"):
            connection.execute(f"create schema if not exists {name}")
        for each in statements:
            connection.execute(each)


def run(number: int = 1) -> Run:
    return Run(run_id=f"{number:08}-night", started_at=NOW, as_of=NOW, code_version="abc")


def tables(settings) -> set[str]:
    with open_published(settings) as connection:
        rows = connection.execute("select schema_name, table_name from duckdb_tables()").fetchall()
    return {f"{schema}.{table}" for schema, table in rows}


def test_only_what_holds_no_person_is_published(settings):
    warehouse(
        settings,
        "create table metrics.metric_values as select 1 as value",
        "create table metrics.met_habit as select 1 as value",
        "create table reports.rpt_one as select 1 as event_count",
        "create table ops.batches as select 'b1' as batch_id",
        "create table marts.dim_org_units as select 'company' as org_unit_key",
        "create table marts.dim_learners as select 'k' as learner_key",
        "create table marts.dim_activities as select 'a reply' as activity_title",
        "create table marts.dim_shared_activities as select 'a course' as activity_title",
        "create table marts.fct_learning_events as select 'k' as learner_key",
        "create view staging.stg_landing__employees as select 'a@b.c' as email",
    )
    publish(settings, run())
    assert tables(settings) == {
        "metrics.metric_values",
        "reports.rpt_one",
        "ops.batches",
        "ops.checks",
        "ops.runs",
        "ops.build",
        "marts.dim_org_units",
        "marts.dim_shared_activities",
    }
    assert seen_batches(settings) == {"b1"}


@pytest.mark.parametrize(
    "column", ["learner_key", "manager_employee_id", "email", "actor_name", "actor_ifi_value"]
)
def test_a_report_that_tells_about_one_person_is_refused_and_the_last_build_stands(
    settings, column
):
    warehouse(settings)
    build = publish(settings, run())
    warehouse(settings, f"create table reports.rpt_bad as select 'x' as {column}")
    with pytest.raises(RunError, match=f"reports.rpt_bad.{column}"):
        publish(settings, run(2))
    assert current_file(settings).parent.name == build


def test_counts_of_people_are_no_personal_columns():
    assert personal_columns(["reports.r.learner_count", "metrics.m.n_people"]) == []


def test_a_build_is_whole_without_a_log_beside_it_and_says_what_it_is(settings):
    warehouse(settings)
    write_run(settings, run())
    check = CheckOutcome(
        check_name="c",
        layer="marts",
        status="passed",
        severity="error",
        failures=0,
        message="",
        checked_at=NOW,
    )
    write_outcomes(settings, "models", [check])
    build = publish(settings, run())
    assert [path.name for path in current_file(settings).parent.iterdir()] == ["tilth.duckdb"]
    assert current_build(settings).build_id == build
    with open_published(settings) as connection:
        assert connection.execute("select check_name, status from ops.checks").fetchall() == [
            ("c", "passed")
        ]
        assert connection.execute("select status from ops.runs").fetchall() == [("published",)]


def test_only_the_newest_builds_are_kept_and_what_a_killed_night_left_is_removed(settings):
    warehouse(settings)
    (settings.published / ".killed.tmp").mkdir(parents=True)
    builds = [publish(settings, run(number)) for number in range(5)]
    left = {path.name for path in settings.published.iterdir()}
    assert left == {*builds[-settings.keep_builds :], "current"}


def test_a_reader_keeps_its_build_while_the_next_is_published(settings):
    warehouse(settings, "create table reports.rpt_one as select 1 as n")
    publish(settings, run())
    with open_published(settings) as reader:
        warehouse(settings, "update reports.rpt_one set n = 2")
        publish(settings, run(2))
        assert reader.execute("select n from reports.rpt_one").fetchone() == (1,)
    with open_published(settings) as reader:
        assert reader.execute("select n from reports.rpt_one").fetchone() == (2,)


def test_nothing_published_is_said_with_what_to_do(settings):
    with pytest.raises(PublishedError, match="`tilth run` publishes"):
        open_published(settings)
    assert seen_batches(settings) == set()
