"""Which files there are to read: those named, and those of a known kind in the folders named."""

import os
import re
import stat
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

_STATEMENTS: Final = {".json": False, ".ndjson": True, ".jsonl": True}
_KNOWN: Final = ".json, .ndjson and .jsonl (each also .gz), and reference tables as .csv"
_SOURCE_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read.

    Attributes:
        path: Where it is.
        table: The reference table that it holds; None for statements.
        is_lines: One statement a line, rather than JSON documents.
        is_gzip: Compressed.
        is_mapped: A table that a mapping turns into statements.
    """

    path: Path
    table: str | None = None
    is_lines: bool = False
    is_gzip: bool = False
    is_mapped: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something named that cannot be read: what, why, and what to do."""

    name: str
    message: str
    remedy: str


@dataclass(slots=True)
class Found:
    """What looking for files gave, each list in the order of names."""

    files: list[InputFile] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


def find_files(
    paths: Sequence[Path], *, tables: Collection[str], mapped: Collection[str] = ()
) -> Found:
    """The files to read under ``paths``.

    A file named must be of a known kind. In a folder, files of other kinds and hidden ones are
    skipped and listed. A folder that is reached twice, through a symbolic link, is read once.

    Args:
        paths: Files and folders.
        tables: Names of reference tables, recognised as ``<name>.csv``.
        mapped: Endings of the tables that a mapping reads, such as ``.xlsx``; a file named is one
            whatever its ending.
    """
    found = Found()
    kinds = _Kinds(frozenset(tables), frozenset(mapped))
    visited: set[tuple[int, int]] = set()
    for path in paths:
        try:
            mode = path.stat().st_mode
        except OSError as error:
            found.refusals.append(_unreadable(path, error))
            continue
        if stat.S_ISDIR(mode):
            _look_into(path, kinds, found, visited)
            continue
        file = _input_file(path, kinds, is_named=True) if stat.S_ISREG(mode) else None
        if file:
            found.files.append(file)
        else:
            message = "is not of a kind that can be read."
            found.refusals.append(Refusal(path.name, message, f"Known are {_KNOWN}."))
    return found


def is_source_name(name: str) -> bool:
    """Whether ``name`` can name a source: it becomes a folder of the landing."""
    return bool(_SOURCE_NAME.fullmatch(name))


@dataclass(frozen=True, slots=True)
class _Kinds:
    tables: frozenset[str]
    mapped: frozenset[str]


def _look_into(folder: Path, kinds: _Kinds, found: Found, visited: set[tuple[int, int]]) -> None:
    try:
        status = folder.stat()
        if (status.st_dev, status.st_ino) in visited:
            return
        visited.add((status.st_dev, status.st_ino))
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        found.refusals.append(_unreadable(folder, error))
        return
    for entry in entries:
        if entry.is_dir() and not entry.name.startswith("."):
            _look_into(Path(entry.path), kinds, found, visited)
            continue
        file = _input_file(Path(entry.path), kinds) if entry.is_file() else None
        if file and not entry.name.startswith("."):
            found.files.append(file)
        else:
            found.skipped.append(entry.name)


def _input_file(path: Path, kinds: _Kinds, *, is_named: bool = False) -> InputFile | None:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    is_gzip = bool(suffixes) and suffixes[-1] == ".gz"
    kind = next(_last_but(suffixes, is_gzip=is_gzip), "")
    is_table = kind == ".csv" and not is_gzip and path.stem in kinds.tables
    if kinds.mapped and (is_named or (kind in kinds.mapped and not is_table)):
        return InputFile(path, is_gzip=is_gzip, is_mapped=True)
    if kind in _STATEMENTS:
        return InputFile(path, is_lines=_STATEMENTS[kind], is_gzip=is_gzip)
    return InputFile(path, table=path.stem) if is_table else None


def _last_but(suffixes: list[str], *, is_gzip: bool) -> Iterator[str]:
    return reversed(suffixes[:-1] if is_gzip else suffixes)


def _unreadable(path: Path, error: OSError) -> Refusal:
    remedy = (
        "Give the user that runs Tilth the right to read it."
        if isinstance(error, PermissionError)
        else "Check the path."
    )
    return Refusal(path.name or str(path), f"cannot be read: {error.strerror or error}.", remedy)
