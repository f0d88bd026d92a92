"""The way in: files and folders into the landing. The command line and the night call this.

Nothing here writes to the terminal; what happened is in the report that comes back.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
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
from xapi_ingest.landing.contracts.registry import REFERENCE_TABLES
from xapi_ingest.landing.intake import Intake, OnProgress
from xapi_ingest.landing.mapped import MAPPING_NAME, digest_of, endings_of, land_mapped
from xapi_ingest.landing.reference import batch_id_of_snapshot, land_reference
from xapi_ingest.landing.refusals import keep_refusal
from xapi_ingest.landing.report import FileReport, IngestReport
from xapi_ingest.landing.statements import land_statements, report_landed_rejections
from xapi_ingest.landing.tables import ensure_tables
from xapi_ingest.mapping.load import Mapping, load_mapping
from xapi_ingest.settings import Settings
from xapi_ingest.sources.files import InputFile, find_files, is_source_name


def ingest_paths(
    paths: Sequence[Path],
    *,
    settings: Settings,
    source: str | None = None,
    mapping: Mapping | None = None,
    on_progress: OnProgress | None = None,
) -> IngestReport:
    """Land the files named and those of a known kind in the folders named.

    Args:
        paths: Files and folders.
        settings: Where the landing is, and the limits.
        source: Name of the source that they come from; that of the mapping if None, or else
            ``settings.default_source``.
        mapping: What makes statements of the tables among them: of the files named, and of those
            in folders that have an ending of its format.
        on_progress: Told ``(bytes done, bytes in all, file name)`` as each file is parsed.

    Raises:
        InputError: ``source`` cannot name a source.
        LandingError: The landing cannot be written.
    """
    name = source or (mapping.source_name if mapping else settings.default_source)
    group = _Group(name, list(paths), mapping)
    return _ingested([group], IngestReport(), settings=settings, on_progress=on_progress)


def ingest_inbox(*, settings: Settings, on_progress: OnProgress | None = None) -> IngestReport:
    """Land what lies in the inbox.

    A first-level folder names the source of what is in it; a file directly in the inbox comes from
    ``settings.default_source``. A file ``mapping.yaml`` in a first-level folder makes statements of
    the tables in that folder. Files stay where they are; what has landed is skipped.

    Raises:
        InputError: The inbox cannot be read.
        LandingError: The landing cannot be written.
    """
    groups: list[_Group] = []
    report = IngestReport()
    if settings.inbox.is_dir():
        try:
            entries = sorted(path for path in settings.inbox.iterdir() if path.name[0] != ".")
        except OSError as error:
            raise InputError(
                f"The inbox {settings.inbox} cannot be read: {error.strerror or error}.",
                remedy="Give the user that runs Tilth the right to read it.",
            ) from error
        groups = [_group_in(path, report) for path in entries if path.is_dir()]
        files = [path for path in entries if not path.is_dir()]
        groups.append(_Group(settings.default_source, files))
    return _ingested(groups, report, settings=settings, on_progress=on_progress, is_inbox=True)


@dataclass(frozen=True, slots=True)
class _Group:
    """Paths of one source, and what maps the tables among them."""

    source_name: str
    paths: list[Path]
    mapping: Mapping | None = None


def _group_in(folder: Path, report: IngestReport) -> _Group:
    """A folder of the inbox; a mapping in it that cannot be used is named in ``report``."""
    path = folder / MAPPING_NAME
    if not path.is_file():
        return _Group(folder.name, [folder])
    try:
        return _Group(folder.name, [folder], load_mapping(path))
    except InputError as error:
        # Without it, rows might be taken for faulty statements: the folder waits.
        report.refused.append(f"inbox/{folder.name}: nothing of it is read: {error}")
        return _Group(folder.name, [])


def _ingested(
    groups: list[_Group],
    report: IngestReport,
    *,
    settings: Settings,
    on_progress: OnProgress | None,
    is_inbox: bool = False,
) -> IngestReport:
    began = perf_counter()
    prepare_landing(settings)
    for group in groups:
        source_name = group.source_name
        if not is_source_name(source_name):
            fault = f"{source_name!r} cannot name a source."
            remedy = "Use lower-case letters, digits, - and _, beginning with a letter or digit."
            if not is_inbox:
                raise InputError(fault, remedy=remedy)
            report.refused.append(f"inbox/{source_name}: {fault} {remedy}")
            continue
        mapped = endings_of(group.mapping) if group.mapping else ()
        found = find_files(group.paths, tables=REFERENCE_TABLES, mapped=mapped)
        report.skipped += [name for name in found.skipped if name != MAPPING_NAME]
        report.refused += [f"{item.name}: {item.message} {item.remedy}" for item in found.refusals]
        for file in found.files:
            report.files.append(_land(file, group, settings, on_progress))
    report.seconds = perf_counter() - began
    return report


def prepare_landing(settings: Settings) -> None:
    """Have the folders and the empty tables in place.

    Raises:
        LandingError: The data folder cannot be written.
    """
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
    file: InputFile, group: _Group, settings: Settings, on_progress: OnProgress | None
) -> FileReport:
    """Land one file; whatever is wrong with it is in its report, and the rest goes on."""
    began = perf_counter()
    source_name = group.source_name
    mapping = group.mapping if file.is_mapped else None
    report = FileReport(file.path.name, source_name, file.table or "statements")
    intake = Intake(file.path, on_progress)
    try:
        digest = intake.digest()
        report.input_bytes = intake.size
        batch_id = batch_id_from(source_name, digest_of(mapping, digest) if mapping else digest)
        # A lock for every 256th batch: few files, and hardly ever a needless wait.
        with locked(settings.state, f"{source_name}-{file.table or batch_id[:2]}"):
            _land_once(file, mapping, batch_id, settings=settings, intake=intake, report=report)
    except InputError as error:
        report.failure = str(error)
        report.accepted_count = report.rejected_count = 0
        report.rejections, report.left_out = {}, {}
        if file.table:
            keep_refusal(settings.landing, report, error)
    except OSError as error:
        raise LandingError(
            f"{file.path.name} cannot be landed: {error.strerror or error}.",
            remedy="Check space and rights of the data folder, then ingest again.",
        ) from error
    report.seconds = perf_counter() - began
    return report


def _land_once(  # noqa: PLR0913  (what is common to every file goes by name)
    file: InputFile,
    mapping: Mapping | None,
    batch_id: str,
    *,
    settings: Settings,
    intake: Intake,
    report: FileReport,
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
        elif mapping:
            land_mapped(mapping, batch, settings=settings, intake=intake, report=report)
        else:
            land_statements(file, batch, settings=settings, intake=intake, report=report)
    except InputError:
        remove_leftovers(landing, source_name, batch_id)
        raise
