"""Memory that processes share: statements go through it to a worker, and come back as rows.

Pipes copy what passes several times, in small pieces; here it is written once and read once. The
memory has no name, so nothing is left of it once the last process that holds it has ended.
"""

import mmap
import os
import tempfile
from itertools import accumulate, pairwise
from multiprocessing import reduction
from typing import Any, Final

import pyarrow as pa

from xapi_ingest.landing.schema import STATEMENTS

_ZEROS: Final = bytes(1024 * 1024)


class Slots:
    """A number of equal places, each for one run on its way there, then for its rows back.

    Pickled for a process that is being started, it opens the same memory there.

    Args:
        count: How many slots.
        size: Bytes of each, at most; only what is written to takes memory.
    """

    def __init__(self, count: int, size: int) -> None:
        self._open(_nameless_file(count * size), count, size)

    def _open(self, descriptor: int, count: int, size: int) -> None:
        self._descriptor, self._count, self._size = descriptor, count, size
        self._memory = mmap.mmap(descriptor, count * size)

    def __getstate__(self) -> tuple[Any, int, int]:
        return reduction.DupFd(self._descriptor), self._count, self._size

    def __setstate__(self, state: tuple[Any, int, int]) -> None:
        duplicate, count, size = state
        self._open(duplicate.detach(), count, size)

    def close(self) -> None:
        """Give the memory up in this process."""
        self._memory.close()
        os.close(self._descriptor)

    def put_statements(self, slot: int, raws: list[bytes]) -> list[int] | None:
        """Write ``raws``; gives their lengths, or None if the slot has no room for them."""
        joined = b"".join(raws)
        if len(joined) > self._size:
            return None
        start = slot * self._size
        self._memory[start : start + len(joined)] = joined
        return [len(raw) for raw in raws]

    def statements(self, slot: int, lengths: list[int]) -> list[bytes]:
        """What ``put_statements`` wrote."""
        ends = accumulate(lengths, initial=slot * self._size)
        memory = self._memory
        return [memory[start:end] for start, end in pairwise(ends)]

    def put_rows(self, slot: int, rows: pa.RecordBatch) -> int | None:
        """Write ``rows`` of ``STATEMENTS``; gives their size, or None without room for them."""
        written = rows.serialize()
        if written.size > self._size:
            return None
        start = slot * self._size
        self._memory[start : start + written.size] = written
        return int(written.size)

    def rows(self, slot: int, size: int) -> pa.RecordBatch:
        """A copy of what ``put_rows`` wrote."""
        start = slot * self._size
        return pa.ipc.read_record_batch(
            pa.py_buffer(self._memory[start : start + size]), STATEMENTS
        )


def _nameless_file(size: int) -> int:
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("tilth")
        os.ftruncate(descriptor, size)
        return descriptor
    with tempfile.TemporaryFile() as file:
        # Written, not only made long: a full disk then shows here and not as a crash later.
        for start in range(0, size, len(_ZEROS)):
            file.write(_ZEROS[: size - start])
        file.flush()
        return os.dup(file.fileno())
