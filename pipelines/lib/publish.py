"""From the warehouse to a published build: made beside, renamed in whole, then pointed to.

A build is a folder under a new name, because a reader that has the old one open keeps it and a
process that opens a replaced path is given its cached old file (decision 0002).
"""

import shutil
from datetime import datetime
from pathlib import Path

import duckdb

from pipelines.lib.clock import tilth_version, utc_now
from pipelines.lib.history import Run, runs
from pipelines.lib.outcomes import CheckOutcome, read_outcomes
from pipelines.lib.published import FILE_NAME, FORMAT_VERSION, POINTER_NAME
from pipelines.lib.published_tables import is_published, personal_columns
from xapi_ingest.errors import RunError
from xapi_ingest.landing.files import replacing, sync
from xapi_ingest.settings import Settings

OPS_TABLES = {
    "checks": "check_name varchar, layer varchar, table_name varchar, column_name varchar, "
    "status varchar, severity varchar, failures bigint, message varchar, checked_at timestamp",
    "runs": "run_id varchar, started_at timestamp, finished_at timestamp, status varchar, "
    "as_of timestamp, seconds double, code_version varchar",
    "build": "build_id varchar, built_at timestamp, as_of timestamp, code_version varchar, "
    "tilth_version varchar, format_version integer",
}


def publish(settings: Settings, run: Run) -> str:
    """Publish what the warehouse holds now; returns the new build's id.

    Raises:
        RunError: A column would tell about one person; nothing is published.
    """
    built_at = utc_now()
    build_id = f"{built_at:%Y%m%dT%H%M%S}-{run.run_id[:8]}"
    beside = settings.published / f".{build_id}.tmp"
    for left in settings.published.glob(".*.tmp"):
        shutil.rmtree(left)  # of a killed night; we hold the lock
    beside.mkdir(parents=True)
    _write(settings, run, beside / FILE_NAME, build_id, built_at)
    sync(beside / FILE_NAME)
    sync(beside)
    beside.rename(settings.published / build_id)
    sync(settings.published)
    _point_to(settings, build_id)
    _drop_old(settings, build_id)
    return build_id


def _write(settings: Settings, run: Run, path: Path, build_id: str, built_at: datetime) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"attach '{_quoted(settings.warehouse)}' as warehouse (read_only)")
        tables = _tables(connection)
        _refuse_personal(connection)
        for schema, table in tables:
            connection.execute(f'create schema if not exists "{schema}"')
            connection.execute(
                f'create table "{schema}"."{table}" as from warehouse."{schema}"."{table}"'
            )
        connection.execute("detach warehouse")
        _add_ops(connection, settings, run, build_id, built_at)
        connection.execute("checkpoint")
    if path.with_name(path.name + ".wal").exists():
        raise RunError(f"{path} was not written whole.", remedy="Look at the disk, then run again.")


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _tables(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    rows = connection.execute(
        "select schema_name, table_name from duckdb_tables() "
        "where database_name = 'warehouse' order by all"
    ).fetchall()
    return [(schema, table) for schema, table in rows if is_published(schema, table)]


def _refuse_personal(connection: duckdb.DuckDBPyConnection) -> None:
    rows = connection.execute(
        "select schema_name, table_name, column_name from duckdb_columns() "
        "where database_name = 'warehouse' order by all"
    ).fetchall()
    found = personal_columns(
        f"{schema}.{table}.{column}"
        for schema, table, column in rows
        if is_published(schema, table)
    )
    if found:
        raise RunError(
            f"Nothing is published: {', '.join(found)} would tell about one person.",
            remedy="Take the column out; the rule is in pipelines/lib/published_tables.py.",
        )


def _add_ops(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    run: Run,
    build_id: str,
    built_at: datetime,
) -> None:
    connection.execute("create schema if not exists ops")
    for table, columns in OPS_TABLES.items():
        connection.execute(f"create or replace table ops.{table} ({columns})")
    checks = [_check_row(each) for each in read_outcomes(settings)]
    nights = [_run_row(each, run, built_at) for each in runs(settings)]
    if checks:
        connection.executemany("insert into ops.checks values (?, ?, ?, ?, ?, ?, ?, ?, ?)", checks)
    if nights:
        connection.executemany("insert into ops.runs values (?, ?, ?, ?, ?, ?, ?)", nights)
    build = [build_id, built_at, run.as_of, run.code_version, tilth_version(), FORMAT_VERSION]
    connection.execute("insert into ops.build values (?, ?, ?, ?, ?, ?)", build)


def _check_row(each: CheckOutcome) -> list[object]:
    return [
        each.check_name,
        each.layer,
        each.table_name or None,
        each.column_name or None,
        each.status,
        each.severity,
        each.failures,
        each.message,
        each.checked_at,
    ]


def _run_row(each: Run, current: Run, built_at: datetime) -> list[object]:
    if each.run_id == current.run_id:  # the file can only be read once it is published
        seconds = (built_at - each.started_at).total_seconds()
        return [
            each.run_id,
            each.started_at,
            built_at,
            "published",
            each.as_of,
            seconds,
            each.code_version,
        ]
    return [
        each.run_id,
        each.started_at,
        each.finished_at,
        each.status,
        each.as_of,
        each.seconds,
        each.code_version,
    ]


def _point_to(settings: Settings, build_id: str) -> None:
    with replacing(settings.published / POINTER_NAME) as beside:
        beside.write_text(f"{build_id}\n", encoding="utf-8")


def _drop_old(settings: Settings, build_id: str) -> None:
    builds = sorted(path for path in settings.published.iterdir() if (path / FILE_NAME).exists())
    older = [path for path in builds if path.name != build_id]
    for path in older[: max(0, len(older) + 1 - settings.keep_builds)]:
        shutil.rmtree(path)
