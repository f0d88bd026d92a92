"""Where files of the inbox go once they were taken: ``.processed`` and ``.failed``, by day.

A file is renamed, never copied, never written over another. Beside a failed one lies its reason.
"""

from pathlib import Path
from typing import Final

from xapi_ingest.landing.batches import present_instant
from xapi_ingest.landing.files import replacing
from xapi_ingest.landing.one_file import identity_of
from xapi_ingest.landing.taking import Taken

PROCESSED: Final = ".processed"
FAILED: Final = ".failed"
_BACK: Final = (
    "\nWhen that is mended, move the file back to {place}. What has landed of it is recognised.\n"
)


def put_away(taken: Taken, inbox: Path) -> tuple[str, str | None]:
    """Move the file of ``taken`` aside, unless it is not the one any more that was read.

    Only under the inbox's lock.

    Returns:
        Where it lies now, from the inbox on, and empty if it stays; and a remark if it stays
        though it should not.
    """
    path = taken.file.path
    place = path.relative_to(inbox)
    if any((inbox / part).is_symlink() for part in (place, *place.parents[:-1])):
        return "", None  # the inbox shows it and does not own it
    shelf = inbox / (FAILED if taken.failures else PROCESSED) / f"{present_instant():%Y-%m-%d}"
    try:
        (shelf / place).parent.mkdir(parents=True, exist_ok=True)
        target = _free(shelf / place)
        if taken.failures:
            _write_reason(target, taken, f"inbox/{place.as_posix()}")
        if identity_of(path) != taken.identity:
            target.with_name(f"{target.name}.reason.txt").unlink(missing_ok=True)
            return "", "has been written since it was read; the next night reads it again"
        path.rename(target)
    except OSError as error:
        why = error.strerror or error
        return "", f"stays, because it cannot be moved aside ({why}); it will not land twice"
    return f"inbox/{target.relative_to(inbox).as_posix()}", None


def _free(path: Path) -> Path:
    """``path``, or beside it the first name that nothing has."""
    stem, dot, endings = path.name.partition(".")
    number = 1
    free = path
    while free.exists():
        number += 1
        free = path.with_name(f"{stem}.{number}{dot}{endings}")
    return free


def _write_reason(target: Path, taken: Taken, place: str) -> None:
    with replacing(target.with_name(f"{target.name}.reason.txt")) as beside:
        lines = "\n".join(taken.failures)
        beside.write_text(f"{lines}\n{_BACK.format(place=place)}", encoding="utf-8")
