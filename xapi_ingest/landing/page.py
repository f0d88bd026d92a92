"""One page of a pull into the landing: a batch of its own, landed once.

Its id hashes the source's name, the window, the page's number and the statements, so a page that
is asked for again lands again only if it has changed.
"""

from collections.abc import Iterator
from dataclasses import replace
from time import perf_counter

from xapi_ingest.errors import LandingError
from xapi_ingest.landing.batches import (
    Batch,
    batch_id_from,
    committed,
    locked,
    present_instant,
    remove_leftovers,
)
from xapi_ingest.landing.files import replacing
from xapi_ingest.landing.report import FileReport
from xapi_ingest.landing.statements import land_items, report_landed_rejections
from xapi_ingest.settings import Settings
from xapi_ingest.sources.items import Item, Overlong, Run
from xapi_ingest.sources.lrs.page import Page
from xapi_ingest.sources.lrs.window import Window
from xapi_ingest.sources.stream import open_hash


def land_page(
    page: Page, *, source_name: str, window: Window, number: int, settings: Settings
) -> FileReport:
    """Land the statements of ``page``, the ``number``-th of ``window``, unless they have landed.

    Raises:
        LandingError: The landing cannot be written.
    """
    began = perf_counter()
    name = f"page {number} of {window}"
    report = FileReport(name, source_name, input_bytes=page.size)
    hashed = open_hash()
    hashed.update(name.encode() + b"\n" + page.digest)
    batch_id = report.batch_id = batch_id_from(source_name, hashed.digest())
    batch = Batch(batch_id, "statements", source_name, name, page.size, present_instant())
    try:
        with locked(settings.state, f"{source_name}-{batch_id[:2]}"):
            _land_once(page, batch, settings=settings, report=report)
    except OSError as error:
        raise LandingError(
            f"Source '{source_name}': {name} cannot be landed: {error.strerror or error}.",
            remedy="Check space and rights of the data folder, then pull again.",
        ) from error
    report.seconds = perf_counter() - began
    return report


def _land_once(page: Page, batch: Batch, *, settings: Settings, report: FileReport) -> None:
    landing, source_name = settings.landing, batch.source_name
    row = committed(landing, source_name, batch.batch_id)
    if row:
        report.is_already_landed = True
        report.accepted_count = row["accepted_count"]
        if row["rejected_count"]:
            landed = replace(batch, loaded_at=row["loaded_at"])
            report_landed_rejections(landing, landed, report)
        return
    remove_leftovers(landing, source_name, batch.batch_id)
    land_items(_items(page.raws, batch, settings), batch, settings=settings, report=report)


def _items(raws: list[bytes], batch: Batch, settings: Settings) -> Iterator[Item]:
    """The statements as items; what is longer than a row may be is put aside."""
    first = 1
    run: list[bytes] = []
    for position, raw in enumerate(raws, 1):
        if len(raw) <= settings.max_statement_bytes:
            run.append(raw)
            continue
        yield Run(first, run)
        first, run = position + 1, []
        path = settings.landing / "overflow" / f"{batch.batch_id}-{position}.json"
        with replacing(path) as beside:
            beside.write_bytes(raw)
        yield Overlong(position, path, len(raw))
    yield Run(first, run)
