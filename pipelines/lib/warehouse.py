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
    mark = settings.warehouse.with_name("built_with")
    state = f"{duckdb.__version__} {project_fingerprint(settings)}"
    found = _found(settings.warehouse, mark, state)
    if found != "kept":
        _delete(settings.warehouse)
        with replacing(mark) as beside:
            beside.write_text(state)
    return found


def _found(path: Path, mark: Path, state: str) -> str:
    if not path.exists():
        return "new"
    if not mark.exists() or mark.read_text() != state:
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
