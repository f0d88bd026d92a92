"""Which rows of the reference files are in force: of a log all, of snapshots each source's last."""

import pytest
from dbt.adapters.duckdb.connections import DuckDBConnectionManager

from pipelines.lib.dbt import run_dbt
from pipelines.lib.reference_models import BY_HAND
from xapi_ingest.landing.contracts.registry import CONTRACTS
from xapi_ingest.landing.ingest import ingest_paths

KPIS = "kpi_id,kpi_name,unit,good_direction,aggregation,is_guardrail\n"
SKILLS = "skill_id,skill_name,parent_skill_id,level_count,is_priority\n"
PANEL = "kpi_id,subject_kind,subject_id,period_grain,period_start,value,numerator,denominator\n"


@pytest.fixture(scope="module")
def staged(new_warehouse, tmp_path_factory):
    """Six deliveries by two sources, and every staging model of a reference table."""
    warehouse = new_warehouse()
    folder = tmp_path_factory.mktemp("files")

    def send(table, text, source, *, is_good=True):
        path = folder / f"{table}.csv"
        path.write_text(text, encoding="utf-8")
        report = ingest_paths([path], settings=warehouse.settings, source=source)
        assert (report.problems == []) is is_good

    send("kpis", KPIS + "scrap,Scrap,share,down,mean,\nnps,Old name,points,up,mean,\n", "mes")
    send("kpis", KPIS + "nps,NPS,points,up,mean,true\n", "crm")
    send("kpis", KPIS + "scrap,Scrap rate,share,down,mean,\n", "mes")
    send("kpi_panel", PANEL + "nps,org_unit,a,week,2025-03-03,10,,\n", "crm")
    send("kpi_panel", PANEL + "nps,org_unit,a,week,2025-03-10,20,,\n", "crm")
    send("kpi_panel", PANEL + "nps,org_unit,a,week,2025-03-03,11,,\n", "crm")
    send("kpi_panel", PANEL + "nps,org_unit,a,week,2025-03-03,99,,\n", "mes")
    send("kpis", KPIS + "nps,NPS,points,sideways,mean,\n", "crm", is_good=False)
    send("roles", "role_id,role_name,role_family\nr1,,a\nr2,,\n", "hr", is_good=False)
    send("skills", "skill_id,skill_name\n", "hr", is_good=False)
    send("skills", SKILLS + "s1,Listening,,4,true\n", "hr")
    models = [f"stg_landing__{table}" for table in ("batches", "runs", "refusals", *CONTRACTS)]
    result = run_dbt(warehouse.settings, "run", "--quiet", "--select", *models, "refused_files")
    DuckDBConnectionManager.close_all_connections()
    assert result.success, result.exception
    return warehouse


def test_a_snapshot_holds_what_each_source_sent_last(staged):
    assert staged.rows(
        "select kpi_id, kpi_name, delivered_by from staging.stg_landing__kpis order by kpi_id"
    ) == [("nps", "NPS", "crm"), ("scrap", "Scrap rate", "mes")]


def test_a_log_keeps_what_was_not_sent_again_and_restates_what_was(staged):
    assert staged.rows(
        "select delivered_by, cast(period_start as varchar), value "
        "from staging.stg_landing__kpi_panel order by 1, 2"
    ) == [
        ("crm", "2025-03-03", 11.0),
        ("crm", "2025-03-10", 20.0),
        ("mes", "2025-03-03", 99.0),
    ]


def test_a_refusal_is_told_until_a_good_file_lands_with_what_stands_meanwhile(staged):
    assert staged.rows(
        """
        select table_name, source_name, position, line_number, column_name, rule_id, fault_count,
            standing_since is not null
        from ops.refused_files
        order by 1, 3
        """
    ) == [
        ("kpis", "crm", 1, 2, "good_direction", "value_is_allowed", 1, True),
        ("roles", "hr", 1, 2, "role_name", "value_is_present", 3, False),
        ("roles", "hr", 2, 3, "role_name", "value_is_present", 3, False),
        ("roles", "hr", 3, 3, "role_family", "value_is_present", 3, False),
    ]


@pytest.mark.parametrize("table", CONTRACTS)
def test_staging_has_every_column_of_the_contract_with_or_without_rows(table, staged):
    described = staged.rows(f"describe staging.stg_landing__{table}")
    columns = {row[0] for row in described}
    expected = set(CONTRACTS[table].by_name)
    if table in BY_HAND:
        expected -= {"full_name"}
    else:
        expected |= {"delivered_by"}
    assert columns == expected
