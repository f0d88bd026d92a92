"""The way in: files and folders into the landing. The command line and the night call this.

Nothing here writes to the terminal; what happened is in the report that comes back.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from xapi_ingest.errors import InputError, LandingError
from xapi_ingest.landing.batches import (
    Batch,
    batch_id_from,
    committed,
    locked,
    present_instant,
    remove_leftovers,
)
from xapi_ingest.landing.intake import Intake, OnProgress
from xapi_ingest.landing.reference import batch_id_of_snapshot, land_reference
from xapi_ingest.landing.report import FileReport, IngestReport
from xapi_ingest.landing.schema import REFERENCE_TABLES
from xapi_ingest.landing.statements import land_statements, report_landed_rejections
from xapi_ingest.landing.tables import ensure_tables
from xapi_ingest.settings import Settings
from xapi_ingest.sources.files import InputFile, find_files, is_source_name


def ingest_paths(
    paths: Sequence[Path],
    *,
    settings: Settings,
    source: str | None = None,
    on_progress: OnProgress | None = None,
) -> IngestReport:
    """Land the files named and those of a known kind in the folders named.

    Args:
        paths: Files and folders.
        settings: Where the landing is, and the limits.
        source: Name of the source that they come from; ``settings.default_source`` if None.
        on_progress: Told ``(bytes done, bytes in all, file name)`` as each file is parsed.

    Raises:
        InputError: ``source`` cannot name a source.
        LandingError: The landing cannot be written.
    """
    name = source or settings.default_source
    return _ingested([(name, list(paths))], settings=settings, on_progress=on_progress)


def ingest_inbox(*, settings: Settings, on_progress: OnProgress | None = None) -> IngestReport:
    """Land what lies in the inbox.

    A first-level folder names the source of what is in it; a file directly in the inbox comes from
    ``settings.default_source``. Files stay where they are; what has landed is skipped.

    Raises:
        InputError: The inbox cannot be read.
        LandingError: The landing cannot be written.
    """
    groups: list[tuple[str, list[Path]]] = []
    if settings.inbox.is_dir():
        try:
            entries = sorted(path for path in settings.inbox.iterdir() if path.name[0] != ".")
        except OSError as error:
            raise InputError(
                f"The inbox {settings.inbox} cannot be read: {error.strerror or error}.",
                remedy="Give the user that runs Tilth the right to read it.",
            ) from error
        groups = [(path.name, [path]) for path in entries if path.is_dir()]
        groups.append((settings.default_source, [path for path in entries if not path.is_dir()]))
    return _ingested(groups, settings=settings, on_progress=on_progress, is_inbox=True)


def _ingested(
    groups: list[tuple[str, list[Path]]],
    *,
    settings: Settings,
    on_progress: OnProgress | None,
    is_inbox: bool = False,
) -> IngestReport:
    began = perf_counter()
    report = IngestReport()
    _prepare(settings)
    for source_name, paths in groups:
        if not is_source_name(source_name):
            fault = f"{source_name!r} cannot name a source."
            remedy = "Use lower-case letters, digits, - and _, beginning with a letter or digit."
            if not is_inbox:
                raise InputError(fault, remedy=remedy)
            report.refused.append(f"inbox/{source_name}: {fault} {remedy}")
            continue
        found = find_files(paths, tables=REFERENCE_TABLES)
        report.skipped += found.skipped
        report.refused += [f"{item.name}: {item.message} {item.remedy}" for item in found.refusals]
        for file in found.files:
            report.files.append(_land(file, source_name, settings, on_progress))
    report.seconds = perf_counter() - began
    return report


def _prepare(settings: Settings) -> None:
    try:
        settings.state.mkdir(parents=True, exist_ok=True)
        with locked(settings.state, "tables"):
            for stray in settings.landing.glob("*/source=_none/*/.*.tmp"):
                stray.unlink(missing_ok=True)  # of an attempt that was killed: the lock is ours
            ensure_tables(settings.landing)
    except OSError as error:
        raise LandingError(
            f"The data folder {settings.root} cannot be written: {error.strerror or error}.",
            remedy="Set TILTH_HOME to a folder that this user may write.",
        ) from error


def _land(
    file: InputFile, source_name: str, settings: Settings, on_progress: OnProgress | None
) -> FileReport:
    """Land one file; whatever is wrong with it is in its report, and the rest goes on."""
    began = perf_counter()
    report = FileReport(file.path.name, source_name, file.table or "statements")
    intake = Intake(file.path, on_progress)
    try:
        digest = intake.digest()
        report.input_bytes = intake.size
        batch_id = batch_id_from(source_name, digest)
        # A lock for every 256th batch: few files, and hardly ever a needless wait.
        with locked(settings.state, f"{source_name}-{file.table or batch_id[:2]}"):
            _land_once(file, batch_id, settings=settings, intake=intake, report=report)
    except InputError as error:
        report.failure = str(error)
        report.accepted_count = report.rejected_count = 0
        report.rejections = {}
    except OSError as error:
        raise LandingError(
            f"{file.path.name} cannot be landed: {error.strerror or error}.",
            remedy="Check space and rights of the data folder, then ingest again.",
        ) from error
    report.seconds = perf_counter() - began
    return report


def _land_once(
    file: InputFile, batch_id: str, *, settings: Settings, intake: Intake, report: FileReport
) -> None:
    """Under the lock: skip what has landed, clear what was left behind, land."""
    landing, source_name = settings.landing, report.source_name
    if file.table:
        batch_id = batch_id_of_snapshot(landing, source_name, file.table, batch_id)
    batch = Batch(
        batch_id, report.table_name, source_name, file.path.name, intake.size, present_instant()
    )
    report.batch_id = batch_id
    row = committed(landing, source_name, batch_id)
    if row:
        intake.skipped()
        report.is_already_landed = True
        report.accepted_count = row["accepted_count"]
        if row["rejected_count"]:
            landed = replace(batch, loaded_at=row["loaded_at"])
            report_landed_rejections(landing, landed, report)
        return
    remove_leftovers(landing, source_name, batch_id)
    try:
        if file.table:
            land_reference(file, batch, settings=settings, intake=intake, report=report)
        else:
            land_statements(file, batch, settings=settings, intake=intake, report=report)
    except InputError:
        remove_leftovers(landing, source_name, batch_id)
        raise
