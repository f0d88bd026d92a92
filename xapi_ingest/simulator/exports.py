"""The files that the systems leave behind, in every form that an ingest has to take."""

import gzip
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Final, Self

SOURCES: Final = ("lms", "video", "social", "work", "lab")
WAITING_FILES: Final = 4
_COMPRESSED_EVERY: Final = 4


Write = Callable[[Path, str, int, date, list[str]], int]


class Outbox:
    """Files of weeks, written beside the simulation: compressing them leaves the other core free.

    Use it as a context. A fault of the disk is raised at one of the next files, or by ``finish``.

    Args:
        write: Writes a file and returns its size: ``write_week``, or a sink.
    """

    def __init__(self, write: Write | None = None) -> None:
        self._write = write or write_week
        self._writer = ThreadPoolExecutor(max_workers=1)
        self._under_way: deque[Future[int]] = deque()
        self.byte_count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._writer.shutdown(cancel_futures=True)

    def put(self, folder: Path, source: str, number: int, monday: date, lines: list[str]) -> None:
        """Have a source's file of one week written; waits while too many are under way."""
        self._under_way.append(
            self._writer.submit(self._write, folder, source, number, monday, lines)
        )
        while len(self._under_way) > WAITING_FILES:
            self.byte_count += self._under_way.popleft().result()

    def finish(self) -> None:
        """Wait until everything is written."""
        while self._under_way:
            self.byte_count += self._under_way.popleft().result()


def write_week(folder: Path, source: str, number: int, monday: date, lines: list[str]) -> int:
    """Write a source's file of one week in the form that the source exports; return its size.

    The video platform and the LMS send compressed lines, work systems plain lines. The chat sends
    an array in even weeks and a ``statements`` object in odd ones, every fourth file compressed.
    """
    if not lines:
        return 0
    name = f"{source}-{monday:%G-W%V}"
    if source in {"work", "lab"}:
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
