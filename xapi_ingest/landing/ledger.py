"""The ledger of inputs: which file or object, when, with what outcome and which batches.

SQLite under ``settings.state``. It is a register for people and for the pull of objects; what has
landed is known from the landing's batches alone. A ledger that is lost is written again from them,
and what it cannot know any more is read again and recognised.
"""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pyarrow.dataset as ds

from xapi_ingest.errors import LandingError
from xapi_ingest.landing.batches import present_instant
from xapi_ingest.landing.schema import BATCHES
from xapi_ingest.landing.taking import Taken
from xapi_ingest.settings import Settings

_TABLE: Final = """
create table if not exists inputs (
    source_name text not null,
    place text not null,
    version text not null,
    input_bytes integer not null,
    outcome text not null,
    batch_ids text not null,
    detail text not null,
    moved_to text not null,
    first_seen_at text not null,
    last_seen_at text not null,
    primary key (source_name, place, version)
) without rowid
"""
_INSERT: Final = """
insert into inputs values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
on conflict do update set
    input_bytes = excluded.input_bytes, outcome = excluded.outcome,
    batch_ids = excluded.batch_ids, detail = excluded.detail,
    moved_to = iif(excluded.moved_to = '', moved_to, excluded.moved_to),
    last_seen_at = excluded.last_seen_at
"""
# How a pull names its pages (landing/page.py): they are no files.
_PAGE: Final = re.compile(r"page \d+ of ")


@dataclass(frozen=True, slots=True)
class Entry:
    """One version of one input of one source. Instants are UTC without a zone.

    Attributes:
        place: The file's path (that in the inbox from there on), or the object's address.
        version: Hash of the bytes; of an object its ETag; of an input known from the landing alone
            its batch.
        outcome: ``landed``, ``failed``, ``partly`` or ``superseded``.
        batch_ids: The batches that hold it.
        detail: Why it did not land.
        moved_to: Where it lies now, if the inbox moved it.
    """

    source_name: str
    place: str
    version: str
    input_bytes: int
    outcome: str
    batch_ids: list[str]
    detail: str
    moved_to: str
    first_seen_at: datetime
    last_seen_at: datetime


class Ledger:
    """The open ledger. Use ``open_ledger``."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def note(
        self, taken: Taken, *, place: str, version: str | None = None, moved_to: str = ""
    ) -> None:
        """Write down what became of an input; nothing while that may still change."""
        version = version or taken.version
        if version is None or taken.is_passing:
            return
        batch_ids = [one.batch_id for one in taken.reports if one.has_landed and one.batch_id]
        detail = next((one.failure for one in taken.reports if one.failure), "")
        self._write(
            Entry(
                taken.source_name, place, version, taken.input_bytes, taken.outcome, batch_ids,
                detail or "", moved_to, (now := present_instant()), now,
            )
        )  # fmt: skip

    def rebuild(self, landing: Path) -> None:
        """Write down what the batches of ``landing`` know of files."""
        files = [str(path) for path in (landing / "batches").glob("source=*/*/*.parquet")]
        if not files:
            return
        for row in ds.dataset(files, schema=BATCHES).to_table().to_pylist():
            if row["input_name"] and not _PAGE.match(row["input_name"]):
                batch_id, at = row["batch_id"], row["loaded_at"]
                self._write(
                    Entry(
                        row["source_name"], row["input_name"], batch_id, row["input_bytes"] or 0,
                        "landed", [batch_id], "", "", at, at,
                    )
                )  # fmt: skip

    def entries(self, source_name: str | None = None) -> list[Entry]:
        """Every entry, or those of one source, the latest first."""
        query = "select * from inputs where ? is null or source_name = ? order by last_seen_at desc"
        rows = self._connection.execute(query, (source_name, source_name)).fetchall()
        return [_entry(row) for row in rows]

    def versions(self, source_name: str) -> dict[tuple[str, str], str]:
        """The outcome of every place and version of a source."""
        query = "select place, version, outcome from inputs where source_name = ?"
        return {
            (place, version): outcome
            for place, version, outcome in self._connection.execute(query, (source_name,))
        }

    def last_version(self, source_name: str, place: str) -> str | None:
        """The version that was last seen at ``place``; None if it is not known."""
        query = (
            "select version from inputs where source_name = ? and place = ?"
            " order by last_seen_at desc limit 1"
        )
        row = self._connection.execute(query, (source_name, place)).fetchone()
        return row[0] if row else None

    def _write(self, entry: Entry) -> None:
        values = [_stored(getattr(entry, field.name)) for field in fields(Entry)]
        with self._connection:
            self._connection.execute(_INSERT, values)


@contextmanager
def open_ledger(settings: Settings) -> Iterator[Ledger]:
    """The ledger, made from the landing where there is none.

    Raises:
        LandingError: It cannot be opened, read or written.
    """
    path = settings.state / "ledger.sqlite"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        is_new = not path.exists()
    except OSError as error:
        raise _unkept(path, error) from error
    try:
        with closing(sqlite3.connect(path, timeout=60)) as connection:
            connection.execute(_TABLE)
            ledger = Ledger(connection)
            if is_new:
                ledger.rebuild(settings.landing)
            yield ledger
    except sqlite3.Error as error:
        raise _unkept(path, error) from error


def _unkept(path: Path, error: Exception) -> LandingError:
    return LandingError(
        f"The ledger of inputs cannot be kept in {path}: {error}.",
        remedy="Check space and rights of the data folder. A damaged ledger may be removed: it is "
        "made again from the landing.",
    )


def _entry(row: tuple[Any, ...]) -> Entry:
    values = dict(zip((field.name for field in fields(Entry)), row, strict=True))
    values["batch_ids"] = json.loads(values["batch_ids"])
    for name in ("first_seen_at", "last_seen_at"):
        values[name] = datetime.fromisoformat(values[name])
    return Entry(**values)


def _stored(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    return json.dumps(value) if isinstance(value, list) else value
