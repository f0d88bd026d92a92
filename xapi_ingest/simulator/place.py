"""A folder that is there whole or not at all."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from xapi_ingest.errors import InputError

MARKER: Final = "simulation.json"


@contextmanager
def replacing_folder(out: Path) -> Iterator[Path]:
    """Yield a folder beside ``out`` to fill; it becomes ``out`` when the block ends well.

    Raises:
        InputError: ``out`` holds something that no simulation wrote, or cannot be written.
    """
    _refuse_foreign(out)
    beside = out.with_name(f".{out.name}.{os.getpid()}.partial")
    aside = out.with_name(f".{out.name}.{os.getpid()}.replaced")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        _sweep(out)
        beside.mkdir()
        yield beside
        if out.exists():
            out.rename(aside)
        beside.rename(out)
    except OSError as error:
        raise InputError(
            f"{out} cannot be written: {error.strerror or error}.",
            remedy="Free space or choose another folder with --out; nothing was left behind.",
        ) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
        if aside.exists() and not out.exists():  # the last rename failed: as it was before
            aside.rename(out)
        shutil.rmtree(aside, ignore_errors=True)


def _refuse_foreign(out: Path) -> None:
    if out.is_dir() and (not any(out.iterdir()) or (out / MARKER).is_file()):
        return
    if out.exists():
        raise InputError(
            f"{out} is not empty and holds no earlier simulation.",
            remedy="Choose an empty or new folder with --out.",
        )


def _sweep(out: Path) -> None:
    """Remove what simulations that were killed left beside ``out``."""
    for left in out.parent.glob(f".{out.name}.*"):
        process = left.suffixes[-2][1:] if len(left.suffixes) > 1 else ""
        if left.suffix in {".partial", ".replaced"} and process.isdigit() and not _runs(process):
            shutil.rmtree(left, ignore_errors=True)


def _runs(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return int(process) != os.getpid()
