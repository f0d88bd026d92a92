"""One file of statements into the landing: read, divide, write, commit."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from time import perf_counter

import msgspec
import pyarrow.parquet as pq

from xapi_ingest.archives.guard import UnpackLimits
from xapi_ingest.landing.batches import Batch, Counts, commit
from xapi_ingest.landing.columns import NOTHING, Divided, Origin, Rejection, rejected_table
from xapi_ingest.landing.intake import Intake
from xapi_ingest.landing.parallel import divided_in_order
from xapi_ingest.landing.reasons import FILE_IS_WHOLE, STATEMENT_FITS_THE_LIMIT
from xapi_ingest.landing.report import FileReport
from xapi_ingest.landing.span import Span
from xapi_ingest.landing.writer import BatchWriter, writing
from xapi_ingest.settings import Settings
from xapi_ingest.sources.files import InputFile
from xapi_ingest.sources.items import Item, MadeOf, Overlong, Refused, Remainder, Run
from xapi_ingest.sources.reader import Limits, read_items
from xapi_ingest.statement.problems import Problem


def land_statements(
    file: InputFile, batch: Batch, *, settings: Settings, intake: Intake, report: FileReport
) -> None:
    """Land every statement of ``file``, or nothing.

    Raises:
        InputError: The file cannot be read, holds nothing, or changed while it was read.
    """
    numbers = count(1)
    limits = Limits(
        item_bytes=settings.max_statement_bytes,
        next_path=lambda: settings.landing / "overflow" / f"{batch.batch_id}-{next(numbers)}.json",
        unpack=UnpackLimits.of(settings),
    )
    items = read_items(file, limits=limits, on_bytes=intake.parsed)
    land_items(items, batch, settings=settings, report=report, check=intake.check_unchanged)


def land_items(
    items: Iterable[Item],
    batch: Batch,
    *,
    settings: Settings,
    report: FileReport,
    check: Callable[[], None] | None = None,
) -> None:
    """Land all of ``items``, or nothing where reading them or the ``check`` at the end raises."""
    began = perf_counter()
    origin = Origin(batch.source_name, batch.batch_id, batch.input_name, batch.loaded_at)
    span = Span()
    with writing(settings.landing, batch, batch_rows=settings.batch_rows) as writer:
        for part in _divided(
            items, origin, size=batch.input_bytes, limit=settings.max_statement_bytes
        ):
            _write(part, origin, writer, report, span)
        if check:
            check()
    counts = Counts(
        report.accepted_count,
        report.rejected_count,
        perf_counter() - began,
        span.first,
        span.last,
    )
    commit(settings.landing, batch, counts)


def report_landed_rejections(landing: Path, batch: Batch, report: FileReport) -> None:
    """Count again what was rejected when the batch landed."""
    with pq.ParquetFile(batch.path(landing, "rejected")) as rows:
        for part in rows.iter_batches(columns=["position", "problems_json"]):
            for row in part.to_pylist():
                problems = msgspec.json.decode(row["problems_json"], type=list[Problem])
                report.count_rejection(row["position"], problems)


def _divided(items: Iterable[Item], origin: Origin, *, size: int, limit: int) -> Iterator[Divided]:
    for item, part in divided_in_order(items, origin, size=size):
        if isinstance(item, Run):
            if part is not None:
                yield _with_rows_named(_with_cut_named(part) if item.is_cut else part, item)
        else:
            yield Divided(NOTHING, [rejection_of(item, limit)])


def rejection_of(item: Overlong | Remainder | Refused, limit: int) -> Rejection:
    """What could not be divided into statements, as one rejected item."""
    if isinstance(item, Refused):
        return Rejection(item.position, item.problems, item.raw, len(item.raw), row=item.row)
    if isinstance(item, Remainder):
        return Rejection(item.position, [cut_off(item.message)], item.raw, len(item.raw))
    problem = STATEMENT_FITS_THE_LIMIT.problem(
        f"{item.size:,} bytes without an end, more than {limit:,}"
    )
    return Rejection(item.position, [problem], None, item.size, item.path.name)


def _with_cut_named(part: Divided) -> Divided:
    """A last item that is no JSON and that nothing ended was cut off: say that instead."""
    for rejection in part.rejected:
        if rejection.problems[0].rule_id in {"statement_is_json", "statement_is_utf8"}:
            rejection.problems[:] = [cut_off("the file ends in the middle of a statement")]
    return part


def _with_rows_named(part: Divided, run: Run) -> Divided:
    """Say of a statement that was made of a row which one it was."""
    if run.rows:
        part.rejected[:] = [
            _made_of(run.rows[rejection.position - run.first_position], rejection)
            for rejection in part.rejected
        ]
    return part


def _made_of(row: MadeOf, rejection: Rejection) -> Rejection:
    problems = [
        msgspec.structs.replace(one, place=f"row {row.position}") for one in rejection.problems
    ]
    return replace(rejection, problems=problems, row=row.kept())


def cut_off(message: str) -> Problem:
    """The problem of a last item that is not whole."""
    return FILE_IS_WHOLE.problem(message)


def _write(
    part: Divided, origin: Origin, writer: BatchWriter, report: FileReport, span: Span
) -> None:
    writer.add_accepted(part.accepted)
    report.accepted_count += part.accepted.num_rows
    span.add(part.accepted)
    if part.rejected:
        writer.add_rejected(rejected_table(part.rejected, origin))
        for rejection in part.rejected:
            report.count_rejection(rejection.position, rejection.problems)
