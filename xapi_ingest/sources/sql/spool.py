"""The rows of a query in a file of their own, from which they land like any other file.

So memory stays bounded while the batch's name, which is a hash of all rows, is not yet known; and a
connection that breaks in the middle leaves nothing in the landing.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, Final
from zoneinfo import ZoneInfo

import orjson

from xapi_ingest.errors import InputError
from xapi_ingest.sources.sql.reading import Mark, Records

_MIDNIGHT: Final = time()
_Write = Callable[[list[str], Iterable[Mapping[str, Any]], IO[str], ZoneInfo], None]


class Spool:
    """A file for the rows of one query.

    Attributes:
        count: Rows of the last attempt.
        highest: The highest value of the watermark's column in it; None without one.
        unmarked_count: Rows without a value in that column.
    """

    def __init__(self, path: Path, write: _Write, *, watermark: str | None, zone: str) -> None:
        self.path = path
        self.count = 0
        self.highest: Mark | None = None
        self.unmarked_count = 0
        self._write = write
        self._watermark = watermark
        self._zone = ZoneInfo(zone)

    def take(self, records: Records) -> None:
        """Write ``records`` in the place of what an earlier attempt wrote."""
        self.count, self.highest, self.unmarked_count = 0, None, 0
        first = next(records, None)
        with self.path.open("w", encoding="utf-8", newline="") as file:
            if first is not None:
                self._write(list(first), self._noted(_chained(first, records)), file, self._zone)

    def _noted(self, records: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
        for record in records:
            self.count += 1
            if self._watermark:
                self._note(record)
            yield record

    def _note(self, record: Mapping[str, Any]) -> None:
        if self._watermark is None or self._watermark not in record:
            raise InputError(
                f"the watermark {self._watermark} is no column of the query.",
                remedy="Select it, or name another in tilth.toml.",
            )
        mark = record[self._watermark]
        if mark is None:
            self.unmarked_count += 1
            return
        mark = int(mark) if isinstance(mark, Decimal) and mark == int(mark) else mark
        if self.highest is None or mark > self.highest:
            self.highest = mark


def csv_writer(kinds: Mapping[str, str], left_out: str | None) -> _Write:
    """Writes cells as the reference files do.

    Args:
        kinds: Kind of each column of the contract, by name.
        left_out: The watermark's column, which is left out if the contract has none of its name.
    """

    def write(
        names: list[str], records: Iterable[Mapping[str, Any]], file: IO[str], zone: ZoneInfo
    ) -> None:
        kept = [name for name in names if name in kinds or name != left_out]
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(kept)
        for record in records:
            writer.writerow([cell_of(record[name], kinds.get(name, "text"), zone) for name in kept])

    return write


def ndjson_write(
    names: list[str],  # noqa: ARG001  (JSON names each value)
    records: Iterable[Mapping[str, Any]],
    file: IO[str],
    zone: ZoneInfo,
) -> None:
    """Write a JSON object a row, for a mapping."""
    for record in records:
        plain = {name: _plain(value, zone) for name, value in record.items()}
        file.write(orjson.dumps(plain, default=str, option=orjson.OPT_APPEND_NEWLINE).decode())


def cell_of(value: Any, kind: str, zone: ZoneInfo) -> str:
    """A value as a reference file writes it in a column of ``kind``."""
    if value is None:
        return ""
    plain = _plain(_as_kind(value, kind, zone), zone)
    return plain if isinstance(plain, str) else orjson.dumps(plain, default=str).decode()


def _as_kind(value: Any, kind: str, zone: ZoneInfo) -> Any:
    """What databases without a type of their own for ``kind`` have in its place."""
    if kind == "boolean" and value in (0, 1):
        return bool(value)
    if kind == "date" and isinstance(value, datetime) and value.time() == _MIDNIGHT:
        return value.date()
    if kind == "timestamp" and isinstance(value, str):
        return _zoned_text(value, zone)
    if isinstance(value, float) and value.is_integer() and kind in {"whole number", "money"}:
        return int(value)
    return value


def _plain(value: Any, zone: ZoneInfo) -> Any:
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=zone)).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return value


def _zoned_text(text: str, zone: ZoneInfo) -> str:
    try:
        return str(_plain(datetime.fromisoformat(text), zone))
    except ValueError:
        return text  # the contract refuses it, and says where


def _chained(
    first: Mapping[str, Any], others: Iterator[Mapping[str, Any]]
) -> Iterator[Mapping[str, Any]]:
    yield first
    yield from others


@contextmanager
def spool_folder(state: Path, source_name: str) -> Iterator[Path]:
    """A folder that only this user may read, empty at first and gone at the end."""
    folder = state / "spool" / source_name
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        _clear(folder)  # an attempt that was killed left its file
        yield folder
    finally:
        _clear(folder)
        folder.rmdir()


def _clear(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()
