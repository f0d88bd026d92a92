"""The bytes of one file on their way: hashed twice, so that a change under way is seen."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from xapi_ingest.archives.guard import Guard
from xapi_ingest.sources.stream import PassingError, open_hash, read_blocks

OnProgress = Callable[[int, int, str], None]
# Progress is told once in so many bytes.
_STEP_BYTES: Final = 1024 * 1024


class Intake:
    """One file's bytes: a first pass that names the batch, a second that parses.

    Args:
        path: The file.
        on_progress: Told ``(bytes done, bytes in all, name)`` while the second pass goes on.
        name: What reports call it; its own name if None.
        guard: Counts what comes out of the archive that it came from, if it did.
    """

    def __init__(
        self,
        path: Path,
        on_progress: OnProgress | None = None,
        *,
        name: str | None = None,
        guard: Guard | None = None,
    ) -> None:
        self.path = path
        self.name = name or path.name
        self.guard = guard
        self.size = 0
        self._on_progress = on_progress
        self._digest = b""
        self._done = 0
        self._hash: Any = open_hash()

    def digest(self) -> bytes:
        """Hash the whole file: the first pass.

        Raises:
            PassingError: It cannot be read.
        """
        hashed = open_hash()
        self.size = 0
        for block in read_blocks(self.path, on_bytes=hashed.update):
            self.size += len(block)
        self._digest = hashed.digest()
        return self._digest

    def parsed(self, block: bytes) -> None:
        """Take note of a block of the second pass.

        Raises:
            PassingError: More comes than in the first, without an end perhaps.
        """
        self._hash.update(block)
        self._done += len(block)
        if self._done > self.size:
            raise _changed()
        self._tell(self._done)

    def skipped(self) -> None:
        """There is no second pass: the batch has landed."""
        self._tell(self.size)

    def check_unchanged(self) -> None:
        """Compare the two passes.

        Raises:
            PassingError: The file changed in between.
        """
        if self._hash.digest() != self._digest:
            raise _changed()

    def _tell(self, done: int) -> None:
        if self._on_progress:
            self._on_progress(done, self.size, self.name)


def _changed() -> PassingError:
    return PassingError(
        "changed while it was read; nothing of it has landed.",
        remedy="Ingest it again once it is written to its end.",
    )
