"""How far each source has been pulled: durable, and moved only after a batch has landed.

SQLite under ``settings.state``, flushed to disk with every change. A source's rows hold for one
scope (what is asked of whom): who asks for something else begins anew, since an old cursor would
skip what the new question is about.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from xapi_ingest.errors import LandingError

_TABLES: Final = """
create table if not exists cursors (
    source_name text not null,
    scope text not null,
    pulled_until text not null,
    primary key (source_name, scope)
) without rowid;
create table if not exists windows (
    source_name text not null,
    scope text not null,
    job text not null,
    since text not null,
    until text not null,
    page_count integer not null default 0,
    next_link text not null default '',
    is_done integer not null default 0,
    primary key (source_name, scope, job, since, until)
) without rowid;
create table if not exists watermarks (
    source_name text not null,
    scope text not null,
    value text not null,
    primary key (source_name, scope)
) without rowid;
"""
_WINDOW: Final = "source_name = ? and scope = ? and job = ? and since = ? and until = ?"
_JOB: Final = "source_name = ? and scope = ? and job = ?"


@dataclass(frozen=True, slots=True)
class Progress:
    """A window of a job and how far it has come.

    Attributes:
        since: Exclusive; None: from the beginning.
        until: Inclusive.
        page_count: Pages that have landed.
        next_link: Link to the page after them; empty: ask anew.
    """

    since: datetime | None
    until: datetime
    page_count: int = 0
    next_link: str = ""


class Cursors:
    """The progress of one source in one scope. Use ``open_cursors``."""

    def __init__(self, connection: sqlite3.Connection, source_name: str, scope: str) -> None:
        self._connection = connection
        self._source = (source_name, scope)

    def pulled_until(self) -> datetime | None:
        """Everything stored up to here has landed; None before the first pull."""
        query = "select pulled_until from cursors where source_name = ? and scope = ?"
        row = self._connection.execute(query, self._source).fetchone()
        return datetime.fromisoformat(row[0]) if row else None

    def has_other_scope(self) -> bool:
        """Whether the source was pulled before, but with another question."""
        query = "select 1 from cursors where source_name = ? and scope <> ?"
        return self._connection.execute(query, self._source).fetchone() is not None

    def watermark(self) -> str | None:
        """The watermark of a table, as it was noted; None before the first pull."""
        query = "select value from watermarks where source_name = ? and scope = ?"
        row = self._connection.execute(query, self._source).fetchone()
        return str(row[0]) if row else None

    def note_watermark(self, value: str) -> None:
        """Note how far a table has been read. Only after its rows have landed."""
        with self._connection:
            self._connection.execute(
                "insert into watermarks values (?, ?, ?) "
                "on conflict do update set value = excluded.value",
                (*self._source, value),
            )

    def plan(self, job: str, windows: Iterable[tuple[datetime | None, datetime]]) -> None:
        """Put ``windows`` in the place of all of ``job``, none of them begun."""
        rows = [(*self._source, job, _text(since), _text(until)) for since, until in windows]
        with self._connection:
            self._connection.execute(f"delete from windows where {_JOB}", (*self._source, job))  # noqa: S608  (constants)
            self._connection.executemany(
                "insert into windows (source_name, scope, job, since, until) values (?,?,?,?,?)",
                rows,
            )

    def unfinished(self, job: str) -> list[Progress]:
        """The windows of ``job`` that have not come to their end, oldest first."""
        query = (
            f"select since, until, page_count, next_link from windows where {_JOB} "  # noqa: S608
            "and not is_done order by since, until"
        )
        rows = self._connection.execute(query, (*self._source, job)).fetchall()
        return [
            Progress(
                datetime.fromisoformat(since) if since else None,
                datetime.fromisoformat(until),
                page_count,
                next_link,
            )
            for since, until, page_count, next_link in rows
        ]

    def advance(self, job: str, progress: Progress) -> None:
        """Note how far a window has come. Only after its pages have landed."""
        with self._connection:
            self._connection.execute(
                f"update windows set page_count = ?, next_link = ? where {_WINDOW}",  # noqa: S608
                (progress.page_count, progress.next_link, *self._key(job, progress)),
            )

    def finish(self, job: str, progress: Progress, *, moves_cursor: bool) -> None:
        """Note that a window has landed whole; the cursor never goes back."""
        with self._connection:
            self._connection.execute(
                f"update windows set is_done = 1, next_link = '' where {_WINDOW}",  # noqa: S608
                self._key(job, progress),
            )
            if moves_cursor:
                self._connection.execute(
                    "insert into cursors values (?, ?, ?) on conflict do update "
                    "set pulled_until = max(pulled_until, excluded.pulled_until)",
                    (*self._source, _text(progress.until)),
                )

    def _key(self, job: str, progress: Progress) -> tuple[str, ...]:
        return (*self._source, job, _text(progress.since), _text(progress.until))


@contextmanager
def open_cursors(state: Path, *, source_name: str, scope: str) -> Iterator[Cursors]:
    """The progress of ``source_name``, for as long as the block runs.

    Raises:
        LandingError: The file cannot be opened, read or written.
    """
    path = state / "cursors.sqlite"
    try:
        state.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unkept(path, error) from error
    try:
        connection = sqlite3.connect(path, timeout=60)
        try:
            connection.execute("pragma synchronous = full")
            connection.executescript(_TABLES)
            yield Cursors(connection, source_name, scope)
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise _unkept(path, error) from error


def _unkept(path: Path, error: Exception) -> LandingError:
    return LandingError(
        f"The cursors of the sources cannot be kept in {path}: {error}.",
        remedy="Check space and rights of the data folder. A damaged file may be removed: the "
        "sources are then pulled from their start, and what comes twice counts once.",
    )


def _text(instant: datetime | None) -> str:
    """One spelling for every instant, so that texts sort and compare as the instants do."""
    return instant.isoformat(timespec="microseconds") if instant else ""
