"""Files that are there whole or not at all: written beside, flushed to disk, renamed in."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq


@contextmanager
def replacing(path: Path, *, is_durable: bool = True) -> Iterator[Path]:
    """Yield a path beside ``path`` to write to; rename it in when the block ends well.

    A kill before the rename leaves at most a ``.tmp`` file, which no reader looks at. What is not
    durable may be cut off when the machine loses power: only for what can be made again.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        yield beside
        if is_durable:
            sync(beside)
        beside.replace(path)
        if is_durable:
            sync(path.parent)
    finally:
        beside.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Flush a file or folder to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_parquet_atomically(table: pa.Table, path: Path, *, is_durable: bool = True) -> None:
    """Write ``table`` to ``path`` so that a reader sees all of it or nothing."""
    with replacing(path, is_durable=is_durable) as beside:
        pq.write_table(table, beside, compression="zstd")
