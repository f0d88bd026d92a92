"""Tables of a real PostgreSQL land whole, again from the watermark on, and never change it."""

import datetime as dt

import pyarrow.dataset as ds
import pytest
import sqlalchemy as sa

from xapi_ingest.errors import InputError, SettingsError
from xapi_ingest.landing.sql_pull import Outside, pull_tables
from xapi_ingest.sources.sql.config import SqlSource, SqlTable
from xapi_ingest.sources.sql.reading import read_rows

LEDGER = """
    create table hr.ledger (
        id text, booked date, amount numeric(18,6), changed timestamptz, direct boolean
    )
"""
COSTS = """
    select id as cost_line_id, 'actual' as kind, booked as incurred_date, 'delivery' as category,
        'external' as origin, direct as is_direct_iso, amount as cost_amount,
        'EUR' as currency_code, 2025 as price_year, null as programme_id, null as activity_iri,
        null as org_unit_id, null as prorate_share, changed
    from hr.ledger -- :not_a_parameter, 100% real
"""


def at(hour, minute=0):
    return dt.datetime(2025, 6, 2, hour, minute, tzinfo=dt.UTC)


def source(**table):
    return SqlSource(name="erp", url_env="ERP_URL", attempts=2, tables=(SqlTable(**table),))


@pytest.fixture
def pull(postgres, settings):
    def run(**changed):
        outside = Outside({"ERP_URL": postgres}, lambda: at(23), lambda seconds: None)
        table = {"query": COSTS, "into": "cost_ledger", "watermark": "changed", "lag_seconds": 0}
        return pull_tables(source(**{**table, **changed}), settings=settings, outside=outside)

    return run


@pytest.fixture
def landed(settings):
    def rows(table="cost_ledger"):
        paths = sorted(map(str, (settings.landing / table).glob("source=[!_]*/*/*.parquet")))
        return ds.dataset(paths).to_table().to_pylist() if paths else []

    return rows


def book(database, *lines):
    database.execute(LEDGER.replace("table", "table if not exists"))
    for key, amount, changed in lines:
        row = (key, dt.date(2025, 6, 2), amount, changed, True)
        database.execute("insert into hr.ledger values (%s, %s, %s, %s, %s)", row)


def test_only_what_changed_is_read_again_and_ties_at_the_watermark_are_not_lost(
    database, pull, landed
):
    book(database, ("1", "10.5", at(8)), ("2", "20", at(9)))
    report = pull()
    assert (report.problems, report.accepted_count) == ([], 2)
    assert pull().accepted_count == 1  # what is at the watermark: it is not known to be all
    assert pull().already_landed_count == 1

    # committed later, with the very instant at which the watermark stands
    book(database, ("3", "30", at(9)), ("4", "40", at(10)))
    database.execute("update hr.ledger set amount = 11, changed = %s where id = '1'", [at(11)])
    assert pull().accepted_count == 4
    newest = {row["cost_line_id"]: row for row in sorted(landed(), key=lambda r: r["loaded_at"])}
    assert {key: str(row["cost_amount"]) for key, row in newest.items()} == {
        "1": "11.0000",
        "2": "20.0000",
        "3": "30.0000",
        "4": "40.0000",
    }


def test_a_row_of_tomorrow_does_not_hide_those_of_today(database, pull, landed):
    book(database, ("1", "1", at(9) + dt.timedelta(days=400)))
    pull()
    book(database, ("2", "2", at(23, 30)))
    assert pull().accepted_count == 2
    assert {row["cost_line_id"] for row in landed()} == {"1", "2"}


def test_the_watermark_stands_still_until_the_rows_have_landed(database, pull, landed):
    book(database, ("1", "1", at(8)), ("1", "2", at(9)))
    report = pull()
    assert "column cost_line_id: has the value of line 2 again" in report.problems[1]
    assert landed() == []
    assert len(landed("refusals")) == 1
    database.execute("delete from hr.ledger where amount = 2")
    assert pull().accepted_count == 1


def test_a_snapshot_is_the_table_as_it_stands_and_an_empty_one_is_not_believed(
    database, pull, landed
):
    database.execute("create table hr.units (org_unit_id text, org_unit_name text, up text)")
    database.execute(
        "insert into hr.units values ('company', 'Company', null), ('a', 'A', 'company')"
    )
    query = {
        "query": "select org_unit_id, org_unit_name, up as parent_org_unit_id from hr.units",
        "into": "org_units",
        "watermark": None,
    }
    assert pull(**query).accepted_count == 2
    assert pull(**query).already_landed_count == 1
    database.execute("delete from hr.units")
    for _ in range(2):
        assert "a snapshot of nothing is not believed" in pull(**query).problems[0]
    (refusal,) = landed("refusals")
    assert (refusal["table_name"], refusal["fault_count"]) == ("org_units", 1)
    assert refusal["message"].startswith("the query gave no rows")
    assert len(landed("org_units")) == 2


def test_nothing_can_be_written_through_a_query(database, pull):
    database.execute(
        "create function hr.spoil() returns text as $$ begin "
        "create table hr.spoilt (a text); return 'x'; end $$ language plpgsql"
    )
    report = pull(query="select hr.spoil() as cost_line_id", watermark=None)
    assert "(25006)" in report.problems[0]
    assert "read-only" in report.problems[0]


def test_a_slow_query_ends_in_time_and_says_so(database, postgres):
    slow = SqlSource(
        name="erp",
        url_env="U",
        timeout_seconds=0.2,
        tables=(SqlTable(query="select pg_sleep(30)", into="kpis"),),
    )
    with pytest.raises(InputError, match="did not answer within the time allowed"):
        read_rows(slow, slow.tables[0], None, list, environment={"U": postgres})


def test_a_lost_connection_is_tried_again_from_the_first_row(database, postgres):
    database.execute("create table hr.many as select n from generate_series(1, 20000) n")
    many = SqlSource(
        name="erp",
        url_env="U",
        fetch_rows=100,
        tables=(SqlTable(query="select n, pg_backend_pid() as pid from hr.many", into="kpis"),),
    )
    waits, taken = [], []

    def take(records):
        taken.clear()
        for record in records:
            taken.append(record["n"])
            if len(taken) == 150 and not waits:
                database.execute("select pg_terminate_backend(%s)", [record["pid"]])

    read_rows(many, many.tables[0], None, take, environment={"U": postgres}, sleep=waits.append)
    assert len(waits) == 1
    assert taken == list(range(1, 20_001))


def test_no_message_holds_the_password_or_a_row(database, pull, postgres, settings):
    database.execute("create table hr.people (name text)")
    database.execute("insert into hr.people values ('Secret Name')")
    report = pull(query="select name::int as cost_line_id from hr.people", watermark=None)
    assert "(22P02)" in report.problems[0]
    assert "Secret" not in str(report.to_dict())
    report = pull(query="select nothing as cost_line_id from hr.people", watermark=None)
    assert 'column "nothing" does not exist' in report.problems[0]

    url = sa.make_url(postgres)
    wrong = postgres.replace(url.password, "not-the-pass-word")
    outside = Outside({"ERP_URL": wrong}, sleep=lambda seconds: None)
    report = pull_tables(source(query="select 1", into="kpis"), settings=settings, outside=outside)
    assert "password authentication failed" in report.problems[0]
    assert "not-the-pass-word" not in str(report.to_dict())
    assert url.password not in str(report.to_dict())
    with pytest.raises(SettingsError, match="ERP_URL is not set"):
        pull_tables(source(query="select 1", into="kpis"), settings=settings, outside=Outside({}))
