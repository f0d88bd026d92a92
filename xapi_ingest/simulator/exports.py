"""The files that the systems leave behind, in every form that an ingest has to take."""

import csv
import gzip
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, Final

from xapi_ingest.landing.contracts.registry import CONTRACTS

SOURCES: Final = ("lms", "video", "social", "work")
_COMPRESSED_EVERY: Final = 4


def write_reference(folder: Path, table: str, rows: Iterable[tuple[Any, ...]]) -> int:
    """Write ``<table>.csv`` with the columns that its contract asks for; return its size."""
    path = folder / f"{table}.csv"
    columns = [each.name for each in CONTRACTS[table].columns if not each.is_optional]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
    return path.stat().st_size


def write_week(folder: Path, source: str, number: int, monday: date, lines: list[str]) -> int:
    """Write a source's file of one week in the form that the source exports; return its size.

    The video platform and the LMS send compressed lines, work systems plain lines. The chat sends
    an array in even weeks and a ``statements`` object in odd ones, every fourth file compressed.
    """
    if not lines:
        return 0
    name = f"{source}-{monday:%G-W%V}"
    if source == "work":
        return _write(folder / f"{name}.ndjson", "\n".join(lines) + "\n")
    if source == "social":
        body = ",\n".join(lines)
        text = f"[\n{body}\n]\n" if number % 2 == 0 else f'{{"statements":[\n{body}\n]}}\n'
        suffix = ".json.gz" if number % _COMPRESSED_EVERY == _COMPRESSED_EVERY - 1 else ".json"
        return _write(folder / f"{name}{suffix}", text)
    return _write(folder / f"{name}.ndjson.gz", "\n".join(lines) + "\n")


def _write(path: Path, text: str) -> int:
    data = text.encode()
    if path.suffix == ".gz":
        data = gzip.compress(
            data, compresslevel=1, mtime=0
        )  # no clock in it: same seed, same bytes
    path.write_bytes(data)
    return len(data)
