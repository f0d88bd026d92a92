"""The way in: files and folders into the landing. The command line calls this.

Nothing here writes to the terminal; what happened is in the report that comes back. ``inbox.py``
does the same with what lies in the inbox.
"""

from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from xapi_ingest.errors import InputError, LandingError
from xapi_ingest.landing.batches import locked
from xapi_ingest.landing.contracts.registry import REFERENCE_TABLES
from xapi_ingest.landing.intake import OnProgress
from xapi_ingest.landing.ledger import open_ledger
from xapi_ingest.landing.mapped import MAPPING_NAME, endings_of
from xapi_ingest.landing.report import IngestReport
from xapi_ingest.landing.tables import ensure_tables
from xapi_ingest.landing.taking import Taking
from xapi_ingest.landing.workspace import workspace
from xapi_ingest.mapping.load import Mapping
from xapi_ingest.settings import Settings
from xapi_ingest.sources.files import Found, find_files, is_source_name

NAME_FAULT = "cannot name a source."
NAME_REMEDY = "Use lower-case letters, digits, - and _, beginning with a letter or digit."


def ingest_paths(
    paths: Sequence[Path],
    *,
    settings: Settings,
    source: str | None = None,
    mapping: Mapping | None = None,
    on_progress: OnProgress | None = None,
) -> IngestReport:
    """Land the files named and those of a known kind in the folders named. They stay as they are.

    Args:
        paths: Files and folders.
        settings: Where the landing is, and the limits.
        source: Name of the source that they come from; that of the mapping if None, or else
            ``settings.default_source``.
        mapping: What makes statements of the tables among them: of the files named, and of those
            in folders and archives that have an ending of its format.
        on_progress: Told ``(bytes done, bytes in all, file name)`` as each file is parsed.

    Raises:
        InputError: ``source`` cannot name a source.
        LandingError: The landing cannot be written.
    """
    began = perf_counter()
    name = source or (mapping.source_name if mapping else settings.default_source)
    prepare_landing(settings)
    if not is_source_name(name):
        raise InputError(f"{name!r} {NAME_FAULT}", remedy=NAME_REMEDY)
    report = IngestReport()
    found = found_in(paths, mapping, report)
    with workspace(settings.state) as folder, open_ledger(settings) as ledger:
        taking = Taking(settings, folder, on_progress)
        taken = []
        for file in found.files:
            taken.append(taking.take(file, name, mapping))
            if not taken[-1].waiting:
                ledger.note(taken[-1], place=str(file.path.absolute()))
        for one in taking.finish():
            ledger.note(one, place=str(one.file.path.absolute()))
        for one in taken:
            report.add(one.reports, one.skipped)
    report.seconds = perf_counter() - began
    return report


def found_in(paths: Sequence[Path], mapping: Mapping | None, report: IngestReport) -> Found:
    """The files of ``paths``; what is skipped or refused is in ``report``."""
    mapped = endings_of(mapping) if mapping else ()
    found = find_files(paths, tables=REFERENCE_TABLES, mapped=mapped)
    report.skipped += [name for name in found.skipped if name != MAPPING_NAME]
    report.refused += [f"{item.name}: {item.message} {item.remedy}" for item in found.refusals]
    return found


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
