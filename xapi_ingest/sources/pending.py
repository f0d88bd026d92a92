"""The item that is being read: kept in memory up to a limit, beyond it in a file."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

# White space of JSON (RFC 8259 2): no part of what stands between it.
WHITE_SPACE: Final = b" \t\r\n"


@dataclass(frozen=True, slots=True)
class Spilled:
    """An item that was too long for memory: where its bytes are, and how many."""

    path: Path
    size: int


class Pending:
    """Collects the parts of one item after the other.

    Args:
        limit: Most bytes of one item that are kept in memory.
        next_path: Gives the file for the next item that is longer.
    """

    def __init__(self, *, limit: int, next_path: Callable[[], Path]) -> None:
        self.limit = limit
        self._next_path = next_path
        self._parts: list[bytes] = []
        self._size = 0
        self._file: IO[bytes] | None = None
        self._path = Path()

    def add(self, part: bytes) -> None:
        """Append ``part`` to the item."""
        if not self._size:
            part = part.lstrip(WHITE_SPACE)
        if not part:
            return
        self._size += len(part)
        if self._file is not None:
            self._file.write(part)
            return
        self._parts.append(part)
        if self._size > self.limit:
            self._spill()

    def take(self) -> bytes | Spilled:
        """The item, without white space around it; the next one begins empty."""
        size, parts, file = self._size, self._parts, self._file
        self._size, self._parts, self._file = 0, [], None
        if file is None:
            return b"".join(parts).rstrip(WHITE_SPACE)
        file.close()
        return Spilled(self._path, size)

    def close(self) -> None:
        """Give up the item."""
        if self._file is not None:
            self._file.close()

    def _spill(self) -> None:
        self._path = self._next_path()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._file = self._path.open("wb")
        self._file.writelines(self._parts)
        self._parts = []
