"""What needs no server: SQLite in, statements by a mapping, cells in the contracts' forms."""

import datetime as dt
import sqlite3
import subprocess
import sys
from decimal import Decimal
from zoneinfo import ZoneInfo

import pyarrow.dataset as ds
import pytest

from xapi_ingest.errors import SettingsError
from xapi_ingest.landing.sql_pull import Outside, mark_from_text, pull_tables, text_from_mark
from xapi_ingest.sources.registry import configured_sources
from xapi_ingest.sources.sql.config import SqlSource, SqlTable
from xapi_ingest.sources.sql.reading import url_of
from xapi_ingest.sources.sql.spool import cell_of

MAPPING = """\
mapping: tickets
title: Tickets of a service desk
checked_against: this test
source: desk
input: {format: csv}
columns: {id: ticket_id, who: solved_by, when: solved_at}
statements:
  - name: solved
    key: [id]
    statement:
      actor: {mbox: "='mailto:' ~ who"}
      verb: {id: http://adlnet.gov/expapi/verbs/completed}
      object: {id: "=iri('https://desk.example.com', id)"}
      timestamp: "=instant(when)"
"""


@pytest.fixture
def desk(tmp_path):
    path = tmp_path / "desk.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute(
            "create table tickets (ticket_id integer, solved_by text, solved_at text)"
        )
        connection.executemany(
            "insert into tickets values (?, ?, ?)",
            [(number, "ann@example.org", f"2025-06-0{number}T08:00:00Z") for number in (1, 2)],
        )
    return f"sqlite:///{path}"


def pulled(settings, url, **table):
    source = SqlSource(name="desk", url_env="DESK", tables=(SqlTable(**table),), attempts=1)
    return pull_tables(source, settings=settings, outside=Outside({"DESK": url}))


def landed(settings, table):
    paths = sorted(map(str, (settings.landing / table).glob("source=[!_]*/*/*.parquet")))
    return ds.dataset(paths).to_table().to_pylist() if paths else []


def test_a_mapping_makes_statements_of_rows_and_a_number_is_a_watermark(settings, desk, tmp_path):
    mapping = tmp_path / "tickets.yaml"
    mapping.write_text(MAPPING)
    table = {"table": "tickets", "mapping": str(mapping), "watermark": "ticket_id"}
    report = pulled(settings, desk, **table)
    assert (report.problems, report.accepted_count) == ([], 2)
    with sqlite3.connect(desk.removeprefix("sqlite:///")) as connection:
        connection.execute(
            "insert into tickets values (3, 'bob@example.org', '2025-06-03T08:00:00Z')"
        )
    assert pulled(settings, desk, **table).accepted_count == 2  # the one at the watermark, and new
    ids = [row["statement_id"] for row in landed(settings, "statements")]
    assert (len(ids), len(set(ids))) == (4, 3)  # what came twice has the id that it had


def test_sqlite_is_neither_written_nor_waited_for_without_end(settings, desk):
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n"
    source = SqlSource(
        name="desk",
        url_env="DESK",
        timeout_seconds=0.2,
        tables=(SqlTable(query=endless, into="kpis"),),
    )
    report = pull_tables(source, settings=settings, outside=Outside({"DESK": desk}))
    assert "did not answer within the time allowed" in report.problems[0]
    spoil = "with x as (select 1) insert into tickets select 9, '', '' from x"
    report = pulled(settings, desk, query=spoil, into="kpis")
    assert report.problems
    with sqlite3.connect(desk.removeprefix("sqlite:///")) as connection:
        assert connection.execute("select count(*) from tickets").fetchone() == (2,)


def test_one_table_that_fails_stops_none_of_the_others(settings, desk):
    source = SqlSource(
        name="desk",
        url_env="DESK",
        tables=(
            SqlTable(table="nowhere", into="kpis"),
            SqlTable(query="select 'a' as domain, 1 as is_external, '' as owner_name",
                     into="source_domains"),
        ),
    )  # fmt: skip
    report = pull_tables(source, settings=settings, outside=Outside({"DESK": desk}))
    assert len(report.problems) == 1
    assert "no such table: nowhere" in report.problems[0]
    (row,) = landed(settings, "source_domains")
    assert row["is_external"] is True
    assert not any((settings.state / "spool").iterdir())


@pytest.mark.parametrize(
    ("value", "kind", "cell"),
    [
        (Decimal("12.500000"), "money", "12.5"),
        (Decimal("100"), "money", "100"),
        (3.0, "whole number", "3"),
        (0.25, "number", "0.25"),
        (0, "boolean", "false"),
        (True, "boolean", "true"),
        (dt.datetime(2025, 6, 1), "date", "2025-06-01"),  # noqa: DTZ001
        (dt.datetime(2025, 6, 1, 9), "date", "2025-06-01T09:00:00+02:00"),  # noqa: DTZ001
        (dt.datetime(2025, 1, 1, 9), "timestamp", "2025-01-01T09:00:00+01:00"),  # noqa: DTZ001
        ("2025-01-01 09:00:00", "timestamp", "2025-01-01T09:00:00+01:00"),
        ("soon", "timestamp", "soon"),
        (None, "text", ""),
        (7, "text", "7"),
    ],
)
def test_a_value_is_written_as_the_contract_says(value, kind, cell):
    assert cell_of(value, kind, ZoneInfo("Europe/Berlin")) == cell


@pytest.mark.parametrize(
    "mark", [5, 0.5, "x", dt.date(2025, 6, 1), dt.datetime(2025, 6, 1, 8, 0, 0, 5, dt.UTC)]
)
def test_a_watermark_is_kept_with_its_type(mark):
    assert mark_from_text(text_from_mark(mark)) == mark


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"tables": [{"table": "a"}]}, "needs either into or mapping"),
        ({"tables": [{"into": "kpis"}]}, "needs either table or query"),
        ({"tables": [{"query": "delete from a", "into": "kpis"}]}, "Tilth only reads"),
        ({"tables": [{"table": "a", "into": "kpis"}], "url": "postgresql://u:p@h/d"}, "url"),
        ({"tables": []}, "at least 1"),
    ],
)
def test_a_description_that_cannot_be_used_is_named_without_its_values(table, said):
    with pytest.raises(SettingsError, match=said) as raised:
        configured_sources({"erp": {"kind": "sql", "url_env": "ERP", **table}})
    assert "u:p@h" not in str(raised.value)
    assert "sql-tables.md" in str(raised.value)


def test_a_snapshot_has_no_watermark_and_a_table_has_to_be_known(settings, desk):
    with pytest.raises(SettingsError, match="read whole each time"):
        pulled(settings, desk, table="tickets", into="employees", watermark="ticket_id")
    with pytest.raises(SettingsError, match="no reference table 'salaries'"):
        pulled(settings, desk, table="tickets", into="salaries")


def test_an_address_that_is_none_is_not_repeated():
    source = SqlSource(name="a", url_env="A", tables=(SqlTable(table="t", into="kpis"),))
    with pytest.raises(SettingsError, match="holds no SQLAlchemy URL") as raised:
        url_of(source, {"A": "p4ss//word"})
    assert "p4ss" not in str(raised.value)


def test_memory_does_not_grow_with_the_rows(tmp_path):
    """Peak memory of two pulls in processes of their own."""

    def peak(count):
        done = subprocess.run(
            [sys.executable, "-c", MEASURED, str(count), str(tmp_path / str(count))],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        accepted, megabytes = map(int, done.stdout.split())
        assert accepted == count
        return megabytes

    assert peak(40_000) < peak(2_000) + 25  # all rows as Python objects take 50 MB


MEASURED = """
import resource, sys
from pathlib import Path
from xapi_ingest.landing.sql_pull import Outside, pull_tables
from xapi_ingest.settings import load_settings
from xapi_ingest.sources.sql.config import SqlSource, SqlTable
query = f\"\"\"with recursive n(i) as
(select 1 union all select i + 1 from n where i < {sys.argv[1]})
select 'k' as kpi_id, 'employee' as subject_kind, 'employee-' || i as subject_id,
'week' as period_grain, '2025-06-02' as period_start, i * 1.5 as value, null as numerator,
null as denominator from n\"\"\"
source = SqlSource(name="kpi", url_env="U", tables=(SqlTable(query=query, into="kpi_panel"),))
report = pull_tables(
    source, settings=load_settings(home=Path(sys.argv[2])), outside=Outside({"U": "sqlite://"})
)
print(report.accepted_count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""
