"""Which files there are to read, and what each is by its name."""

import os
import re
import stat
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from xapi_ingest.archives.compressed import PACKINGS, Packing
from xapi_ingest.archives.guard import Guard
from xapi_ingest.archives.zipped import ARCHIVE_ENDING

Form = Literal["documents", "lines", "parquet", "csv", "excel", "xml"]
Use = Literal["statements", "reference", "mapped", "archive", "unmapped"]

_STATEMENTS: Final[dict[str, Form]] = {
    ".json": "documents",
    ".ndjson": "lines",
    ".jsonl": "lines",
    ".parquet": "parquet",
}
_REFERENCE: Final[dict[str, Form]] = {
    ".csv": "csv",
    ".json": "documents",
    ".parquet": "parquet",
    ".xlsx": "excel",
}
# What holds rows, which only a mapping can make statements of.
_TABLES: Final[dict[str, Form]] = {".csv": "csv", ".tsv": "csv", ".xlsx": "excel", ".xml": "xml"}
KNOWN: Final = (
    ".json, .ndjson, .jsonl and .parquet, each also .gz or .zst; .zip of these; reference tables "
    "as .csv, .xlsx, .json or .parquet; any table with a mapping"
)
_SOURCE_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read.

    Attributes:
        path: Where its bytes are.
        name: What reports and the landing call it: the file's name, behind that of its archive.
        use: What is done with it.
        form: How its content is divided.
        table: The reference table that it holds.
        packing: How it is compressed.
        guard: Counts what comes out of the archive that it came from; None for a file of its own.
    """

    path: Path
    name: str
    use: Use
    form: Form = "documents"
    table: str | None = None
    packing: Packing | None = None
    guard: Guard | None = None


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


@dataclass(frozen=True, slots=True)
class Kinds:
    """What a name can mean.

    Attributes:
        tables: Names of reference tables, recognised as the name of a file.
        mapped: Endings of the tables that a mapping reads, such as ``.xlsx``; with ``.zip`` the
            mapping takes an archive whole.
    """

    tables: frozenset[str] = frozenset()
    mapped: frozenset[str] = frozenset()

    def of(self, path: Path, *, is_named: bool = False) -> InputFile | None:
        """What the file at ``path`` is; None if its kind is not known.

        Args:
            path: Its place.
            is_named: It was named itself, and so is what the mapping reads, whatever its ending.
        """
        suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
        packing = PACKINGS.get(suffixes[-1]) if suffixes else None
        ending = "".join(suffixes[:-1][-1:] if packing else suffixes[-1:])
        stem = path.name[: len(path.name) - len(ending) - (len(suffixes[-1]) if packing else 0)]
        is_table = ending in _REFERENCE and stem in self.tables
        is_mapped = ending in self.mapped and not is_table
        if is_mapped or (self.mapped and is_named and ending != ARCHIVE_ENDING):
            return InputFile(path, path.name, "mapped", packing=packing)
        if ending == ARCHIVE_ENDING:
            return InputFile(path, path.name, "archive", packing=packing)
        if is_table:
            form = _REFERENCE[ending]
            return InputFile(path, path.name, "reference", form, stem, packing)
        if ending in _STATEMENTS:
            return InputFile(path, path.name, "statements", _STATEMENTS[ending], packing=packing)
        if ending in _TABLES:
            return InputFile(path, path.name, "unmapped", _TABLES[ending], packing=packing)
        return None


def find_files(
    paths: Sequence[Path], *, tables: Collection[str], mapped: Collection[str] = ()
) -> Found:
    """The files to read under ``paths``.

    A file named must be of a known kind. In a folder, files of other kinds and hidden ones are
    skipped and listed. A folder that is reached twice, through a symbolic link, is read once.

    Args:
        paths: Files and folders.
        tables: Names of reference tables.
        mapped: Endings of the tables that a mapping reads; see ``Kinds``.
    """
    found = Found()
    kinds = Kinds(frozenset(tables), frozenset(mapped))
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
        file = kinds.of(path, is_named=True) if stat.S_ISREG(mode) else None
        if file:
            found.files.append(file)
        else:
            message = "is not of a kind that can be read."
            found.refusals.append(Refusal(path.name, message, f"Known are {KNOWN}."))
    return found


def is_source_name(name: str) -> bool:
    """Whether ``name`` can name a source: it becomes a folder of the landing."""
    return bool(_SOURCE_NAME.fullmatch(name))


def _look_into(folder: Path, kinds: Kinds, found: Found, visited: set[tuple[int, int]]) -> None:
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
        file = kinds.of(Path(entry.path)) if entry.is_file() else None
        if file and not entry.name.startswith("."):
            found.files.append(file)
        else:
            found.skipped.append(entry.name)


def _unreadable(path: Path, error: OSError) -> Refusal:
    remedy = (
        "Give the user that runs Tilth the right to read it."
        if isinstance(error, PermissionError)
        else "Check the path."
    )
    return Refusal(path.name or str(path), f"cannot be read: {error.strerror or error}.", remedy)
