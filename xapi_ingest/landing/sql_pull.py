"""From a database into the landing: each query whole, and the watermark behind it.

The order is what makes a kill harmless: rows are read into a file of their own, land whole like any
file, and only then does the watermark move. The next pull reads from the watermark on, itself
included and as far behind it as rows may come late: what comes twice is restated by its key, or has
the id that it had.
"""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter
from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec

from xapi_ingest.errors import InputError, SettingsError
from xapi_ingest.landing.batches import locked
from xapi_ingest.landing.contracts.contract import Load
from xapi_ingest.landing.contracts.registry import CONTRACTS
from xapi_ingest.landing.ingest import ingest_paths, prepare_landing
from xapi_ingest.landing.pull_report import PullReport
from xapi_ingest.landing.refusals import keep_refusal
from xapi_ingest.landing.report import FileReport
from xapi_ingest.mapping.load import Mapping as Mapped
from xapi_ingest.mapping.load import find_mapping
from xapi_ingest.settings import Settings
from xapi_ingest.sources.cursors import Cursors, open_cursors
from xapi_ingest.sources.sql.config import SqlSource, SqlTable
from xapi_ingest.sources.sql.reading import Mark, moved_back, read_rows
from xapi_ingest.sources.sql.spool import Spool, csv_writer, ndjson_write, spool_folder

_READERS: Final[dict[str, Callable[[str], Mark]]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "int": int,
    "float": float,
    "str": str,
}


@dataclass(frozen=True, slots=True)
class Outside:
    """What a pull takes from outside: the environment, the clock, and waiting."""

    environment: Mapping[str, str] | None = None
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], None] = time.sleep


def pull_tables(
    source: SqlSource,
    *,
    settings: Settings,
    on_progress: Callable[[PullReport], None] | None = None,
    outside: Outside | None = None,
) -> PullReport:
    """Read every table of ``source``; one that fails is a problem and stops none of the others.

    Raises:
        SettingsError: The address, a driver, a mapping or a table's description cannot be used.
        LandingError: The landing cannot be written.
    """
    began = perf_counter()
    mapped = [_described(source, table) for table in source.tables]
    report = PullReport(source.name, "table")
    prepare_landing(settings)
    with (
        locked(settings.state, f"{source.name}-pull"),
        spool_folder(settings.state, source.name) as folder,
    ):
        for table, mapping in zip(source.tables, mapped, strict=True):
            scope = source.scope_of(table)
            with open_cursors(settings.state, source_name=source.name, scope=scope) as cursors:
                pull = _Pull(
                    source, table, mapping, settings, cursors, report, outside or Outside()
                )
                try:
                    pull.run(folder)
                except InputError as error:
                    report.problems.append(str(error))
            if on_progress:
                on_progress(report)
    report.seconds = perf_counter() - began
    return report


def _described(source: SqlSource, table: SqlTable) -> Mapped | None:
    """The mapping of ``table``, if it has one; checks what only the landing knows."""
    place = f"[sources.{source.name}]"
    if table.mapping:
        found = find_mapping(table.mapping)
        lines = found.model.input.model_copy(update={"format": "ndjson"})
        return msgspec.structs.replace(found, model=found.model.model_copy(update={"input": lines}))
    if table.into not in CONTRACTS:
        raise SettingsError(
            f"{place}: there is no reference table {table.into!r}.",
            remedy="`tilth reference list` names them.",
        )
    if table.watermark and CONTRACTS[table.into].load is Load.SNAPSHOT:
        raise SettingsError(
            f"{place}: {table.into} is a snapshot, which is read whole each time.",
            remedy="Take the watermark out.",
        )
    return None


@dataclass(frozen=True, slots=True)
class _Pull:
    """One table on its way."""

    source: SqlSource
    table: SqlTable
    mapping: Mapped | None
    settings: Settings
    cursors: Cursors
    report: PullReport
    outside: Outside

    def run(self, folder: Path) -> None:
        """Read, land, and move the watermark.

        Raises:
            InputError: The database or a row of it cannot be read.
        """
        spool = self._spool(folder)
        noted = self.cursors.watermark()
        mark = mark_from_text(noted) if noted else None
        since = None if mark is None else moved_back(mark, self.table)
        try:
            read_rows(
                self.source,
                self.table,
                since,
                spool.take,
                environment=self.outside.environment,
                sleep=self.outside.sleep,
            )
            self._land(spool)
        finally:
            spool.path.unlink(missing_ok=True)
        if spool.highest is not None and spool.count:
            self.cursors.note_watermark(text_from_mark(self._believed(spool.highest)))

    def _spool(self, folder: Path) -> Spool:
        watermark, zone = self.table.watermark, self.source.time_zone
        if self.table.into is None:
            return Spool(folder / "rows.ndjson", ndjson_write, watermark=watermark, zone=zone)
        kinds = {each.name: str(each.kind) for each in CONTRACTS[self.table.into].columns}
        write = csv_writer(kinds, watermark)
        return Spool(folder / f"{self.table.into}.csv", write, watermark=watermark, zone=zone)

    def _land(self, spool: Spool) -> None:
        name = f"{self.table.name}: "
        if spool.unmarked_count:
            said = f"{spool.unmarked_count:,} rows have no {self.table.watermark}"
            self.report.remarks.append(f"{name}{said}; a later change of them is not seen")
        if not spool.count and (self.mapping or CONTRACTS[self.table.name].load is Load.LOG):
            self.report.add(0)
            return
        if not spool.count:
            raise self._refused_for_nothing()
        landed = ingest_paths(
            [spool.path], settings=self.settings, source=self.source.name, mapping=self.mapping
        )
        size = spool.path.stat().st_size
        for file in landed.files:
            self.report.add(size, file)
        if any(file.failure for file in landed.files) or landed.refused:
            spool.highest = None  # it is read again when it has been mended

    def _refused_for_nothing(self) -> InputError:
        """A snapshot without rows is a refusal like that of a file, and is kept as one."""
        table = self.table.name
        error = InputError(
            "the query gave no rows, and a snapshot of nothing is not believed; what stood before "
            "stands.",
            remedy="Check the query and the rights of the user.",
        )
        file = FileReport(table, self.source.name, table, failure=str(error))
        keep_refusal(self.settings.landing, file, error)
        return InputError(f"{self.source.name}, {table}: {error.message}", remedy=error.remedy)

    def _believed(self, highest: Mark) -> Mark:
        """A row of tomorrow must not hide those of today: the clock bounds the watermark."""
        if not isinstance(highest, datetime):
            return highest
        now = self.outside.now()
        if highest.tzinfo is None:
            now = now.astimezone(ZoneInfo(self.source.time_zone)).replace(tzinfo=None)
        return min(highest, now)


def text_from_mark(mark: Mark) -> str:
    """A watermark as it is kept: with its type, so that it compares as the column does."""
    text = mark.isoformat() if isinstance(mark, date) else str(mark)
    return json.dumps([type(mark).__name__, text])


def mark_from_text(text: str) -> Mark:
    """The watermark that ``text_from_mark`` wrote."""
    found: list[Any] = json.loads(text)
    return _READERS[found[0]](found[1])
