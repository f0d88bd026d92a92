"""The warehouse file: derived and disposable. Made anew when it is not of this code.

Incremental models keep rows of earlier nights; so a warehouse that other models, seeds or
thresholds have built is deleted, and the landing is read again whole.
"""

from pathlib import Path

import duckdb

from pipelines.lib.manifest import project_fingerprint
from xapi_ingest.errors import RunError
from xapi_ingest.landing.files import replacing
from xapi_ingest.settings import Settings


def prepare_warehouse(settings: Settings) -> str:
    """Leave a warehouse that can be built on; says in a word what it found.

    Returns:
        ``kept``, ``new``, ``other code`` or ``unreadable``; the last two were deleted.

    Raises:
        RunError: Another program has it open, or it cannot be deleted.
    """
    found = _found(settings)
    if found != "kept":
        _delete(settings.warehouse)
        with replacing(_mark(settings)) as beside:
            beside.write_text(_state(settings))
    return found


def is_of_this_code(settings: Settings) -> bool:
    """Whether the models, seeds, thresholds and DuckDB of now have built the warehouse."""
    mark = _mark(settings)
    return settings.warehouse.exists() and mark.exists() and mark.read_text() == _state(settings)


def _mark(settings: Settings) -> Path:
    return settings.warehouse.with_name("built_with")


def _state(settings: Settings) -> str:
    return f"{duckdb.__version__} {project_fingerprint(settings)}"


def _found(settings: Settings) -> str:
    path = settings.warehouse
    if not path.exists():
        return "new"
    if not is_of_this_code(settings):
        return "other code"
    try:
        duckdb.connect(str(path)).close()  # writing, so that a killed night's log is played back
    except duckdb.Error as error:
        if "lock" in str(error).lower():
            raise RunError(
                f"Another program has {path} open.",
                remedy="Close it (a notebook, a DuckDB shell) and run again.",
            ) from None
        return "unreadable"
    return "kept"


def _delete(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
        path.with_name(path.name + ".wal").unlink(missing_ok=True)
    except OSError as error:
        raise RunError(
            f"{path} cannot be replaced: {error.strerror}.",
            remedy="Delete it and run again; it is rebuilt from the landing.",
        ) from error
