"""A private folder for what has to lie in a file for a moment, gone when its process is.

It lies in the data folder, not in the machine's: what is unpacked may be anybody's record.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout


@contextmanager
def workspace(state: Path) -> Iterator[Path]:
    """An empty folder that only this user may read, for as long as the block runs.

    Folders that killed processes left are removed on the way: nobody holds their locks.
    """
    parent = state / "unpacked"
    parent.mkdir(parents=True, exist_ok=True)
    with FileLock(parent / "making.lock"):
        _remove_abandoned(parent)
        folder = Path(tempfile.mkdtemp(dir=parent))
        held = FileLock(_lock_of(folder))
        held.acquire()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        held.release()
        _lock_of(folder).unlink(missing_ok=True)


def _remove_abandoned(parent: Path) -> None:
    for folder in [path for path in parent.iterdir() if path.is_dir()]:
        try:
            with FileLock(_lock_of(folder), timeout=0):
                shutil.rmtree(folder, ignore_errors=True)
        except Timeout:
            continue
        _lock_of(folder).unlink(missing_ok=True)


def _lock_of(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.lock")
