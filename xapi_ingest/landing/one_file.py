"""One file into the landing: skipped if it has landed, cleared of what was left behind, landed."""

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
from xapi_ingest.landing.mapped import digest_of, land_mapped
from xapi_ingest.landing.reference import batch_id_of_snapshot, land_reference
from xapi_ingest.landing.refusals import keep_refusal
from xapi_ingest.landing.report import FileReport
from xapi_ingest.landing.statements import land_statements, report_landed_rejections
from xapi_ingest.landing.unmapped import objection_to
from xapi_ingest.mapping.load import Mapping
from xapi_ingest.settings import Settings
from xapi_ingest.sources.files import InputFile
from xapi_ingest.sources.stream import PassingError


def land_file(  # noqa: PLR0913  (what it is comes first, the rest by name)
    file: InputFile,
    *,
    source_name: str,
    mapping: Mapping | None,
    settings: Settings,
    is_new: bool = True,
    on_progress: OnProgress | None = None,
) -> FileReport:
    """Land one file; whatever is wrong with it is in its report.

    Args:
        file: The file.
        source_name: Where it comes from.
        mapping: What makes statements of tables.
        settings: Where the landing is, and the limits.
        is_new: Whether a snapshot that has landed before comes into force again.
        on_progress: Told how far it is.

    Raises:
        LandingError: The landing cannot be written.
    """
    began = perf_counter()
    mapping = mapping if file.use == "mapped" else None
    report = FileReport(file.name, source_name, file.table or "statements")
    intake = Intake(file.path, on_progress, name=file.name, guard=file.guard)
    try:
        digest = report.digest = intake.digest()
        report.input_bytes = intake.size
        if not intake.size:
            raise InputError("is empty.", remedy="Export it again.")  # noqa: TRY301
        if file.use == "unmapped":
            raise objection_to(file)
        batch_id = batch_id_from(source_name, digest_of(mapping, digest) if mapping else digest)
        # A lock for every 256th batch: few files, and hardly ever a needless wait.
        with locked(settings.state, f"{source_name}-{file.table or batch_id[:2]}"):
            if file.table and is_new:
                landing = settings.landing
                batch_id = batch_id_of_snapshot(landing, source_name, file.table, batch_id)
            _land_once(file, mapping, batch_id, settings=settings, intake=intake, report=report)
    except InputError as error:
        report.failure = str(error)
        report.is_passing = isinstance(error, PassingError)
        report.accepted_count = report.rejected_count = 0
        report.rejections, report.left_out = {}, {}
        if file.table:
            keep_refusal(settings.landing, report, error)
    except OSError as error:
        raise LandingError(
            f"{file.name} cannot be landed: {error.strerror or error}.",
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
    landing, source_name = settings.landing, report.source_name
    batch = Batch(
        batch_id, report.table_name, source_name, file.name, intake.size, present_instant()
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


def identity_of(path: Path) -> tuple[int, int, int]:
    """What changes when the file at ``path`` is written or another takes its place.

    Raises:
        OSError: It is not there.
    """
    status = path.stat()
    return status.st_ino, status.st_size, status.st_mtime_ns
