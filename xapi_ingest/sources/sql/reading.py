"""The rows of a query, streamed: read-only, in one consistent view, within time and memory.

PostgreSQL: server-side cursor, read-only transaction, ``statement_timeout``. SQLite: ``query_only``
and a deadline. Other databases: whatever their SQLAlchemy dialect does with ``stream_results``; the
transaction is always rolled back.
"""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_exponential_jitter

from xapi_ingest.errors import SettingsError
from xapi_ingest.sources.sql.config import SqlSource, SqlTable
from xapi_ingest.sources.sql.faults import is_lost, read_error

Records = Iterator[Mapping[str, Any]]
Mark = Any
"""A value of a watermark's column: whatever the driver gives for it, and compares with its like."""

_CHECKED_EVERY: Final = 10_000  # instructions of SQLite between two looks at the clock
_SILENCE: Final = {"connect_timeout": 15, "keepalives_idle": 30, "keepalives_count": 4}


def url_of(source: SqlSource, environment: Mapping[str, str]) -> URL:
    """The address, from the environment.

    Raises:
        SettingsError: The variable is not set, or holds no SQLAlchemy URL.
    """
    text = environment.get(source.url_env)
    if not text:
        raise SettingsError(
            f"[sources.{source.name}]: the variable {source.url_env} is not set.",
            remedy="Set it to the database's SQLAlchemy URL; it is never written down.",
        )
    try:
        return sa.make_url(text)
    except (ArgumentError, ValueError):
        raise SettingsError(
            f"[sources.{source.name}]: {source.url_env} holds no SQLAlchemy URL.",
            remedy="Write postgresql+psycopg://user:password@host:5432/database, with what is "
            "special in the password percent-encoded.",
        ) from None


def read_rows(  # noqa: PLR0913  (what may differ from one call to the next)
    source: SqlSource,
    table: SqlTable,
    since: Mark | None,
    take: Callable[[Records], None],
    *,
    environment: Mapping[str, str] | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Hand the rows of ``table`` to ``take``; again from the first if the connection is lost.

    Args:
        source: The database.
        table: What to read.
        since: Only rows whose watermark is not before this; None: all.
        take: Takes the rows; called once an attempt, and has to begin anew each time.
        environment: Where the address stands; that of the process if None.
        sleep: Waits between attempts.

    Raises:
        InputError: The database refuses, is not there, or takes too long.
        SettingsError: The address or its driver cannot be used.
    """
    url = url_of(source, os.environ if environment is None else environment)
    retrying = Retrying(
        stop=stop_after_attempt(source.attempts),
        wait=wait_exponential_jitter(initial=1, max=30),
        retry=retry_if_exception(is_lost),
        sleep=sleep,
        reraise=True,
    )
    try:
        retrying(_read_once, source, table, since, take, url)
    except DBAPIError as error:
        raise read_error(source.name, table.name, error, url) from None


def _read_once(
    source: SqlSource,
    table: SqlTable,
    since: Mark | None,
    take: Callable[[Records], None],
    url: URL,
) -> None:
    with _connected(source, url) as connection:
        result = connection.execute(
            _question(connection, table, since),
            execution_options={"stream_results": True, "yield_per": source.fetch_rows},
        )
        take(dict(row) for row in result.mappings())


@contextmanager
def _connected(source: SqlSource, url: URL) -> Iterator[Connection]:
    is_postgresql = url.get_backend_name() == "postgresql"
    try:
        engine = sa.create_engine(
            url,
            poolclass=sa.NullPool,
            hide_parameters=True,
            connect_args=_SILENCE if is_postgresql else {},
        )
    except (NoSuchModuleError, ModuleNotFoundError, ArgumentError, TypeError) as error:
        raise SettingsError(
            f"[sources.{source.name}]: there is no driver for {url.drivername}.",
            remedy="Install it into Tilth's environment; PostgreSQL's (postgresql+psycopg) and "
            "SQLite's are there.",
        ) from error
    with engine.connect() as plain:
        connection = plain
        if is_postgresql:
            connection = plain.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
            milliseconds = str(round(source.timeout_seconds * 1000))
            limit = sa.func.set_config("statement_timeout", milliseconds, sa.true())
            connection.execute(sa.select(limit))
        elif url.get_backend_name() == "sqlite":
            _limit_sqlite(connection, source.timeout_seconds)
        yield connection
        connection.rollback()


def _limit_sqlite(connection: Connection, seconds: float) -> None:
    connection.exec_driver_sql("pragma query_only = on")
    end = time.monotonic() + seconds
    driver: Any = connection.connection.driver_connection
    driver.set_progress_handler(lambda: int(time.monotonic() > end), _CHECKED_EVERY)


def _question(connection: Connection, table: SqlTable, since: Mark | None) -> sa.TextClause:
    quote = connection.dialect.identifier_preparer.quote
    if table.query:
        rows = f"({table.query}\n) tilth_rows"  # a comment at its end ends there
    else:
        rows = ".".join(quote(part) for part in str(table.table).split("."))
    statement = f"select * from {rows}"  # noqa: S608  (what the person who runs Tilth configured)
    # What looks like a parameter in a person's query is none.
    text = statement.replace(":", r"\:")
    if since is None or table.watermark is None:
        return sa.text(text)
    return sa.text(f"{text} where {quote(table.watermark)} >= :since").bindparams(since=since)


def moved_back(mark: Mark, table: SqlTable) -> Mark:
    """Where the next pull begins: behind ``mark``, as far as rows may come late."""
    if isinstance(mark, datetime):
        return mark - timedelta(seconds=table.lag_seconds)
    if isinstance(mark, date):
        return mark - timedelta(seconds=table.lag_seconds)  # whole days of it
    return mark if isinstance(mark, str) else mark - table.lag_number
