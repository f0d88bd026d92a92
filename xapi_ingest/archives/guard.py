"""How much may come out of one packed file, at all its depths together.

A few kilobytes can unpack to more than any disk holds. What is counted here is what really comes
out, not what the file says of itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from xapi_ingest.errors import InputError
from xapi_ingest.settings import Settings

# So little can do no harm, however small it was packed.
_HARMLESS_BYTES: Final = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class UnpackLimits:
    """What one packed file may hold.

    Attributes:
        total_bytes: Bytes that come out of it.
        ratio: How many times its own size those may be, once they are more than 64 MiB.
        member_count: Members of all its archives.
        depth: How deep archives may lie in one another; 1 is an archive without archives.
    """

    total_bytes: int = 20 * 1024**3
    ratio: int = 200
    member_count: int = 100_000
    depth: int = 3

    @classmethod
    def of(cls, settings: Settings) -> "UnpackLimits":
        """The limits that ``settings`` give."""
        return cls(
            settings.max_unpacked_bytes,
            settings.max_unpacked_ratio,
            settings.max_archive_members,
            settings.max_archive_depth,
        )


class BombError(InputError):
    """More comes out of a packed file than may."""


class Guard:
    """Counts what comes out of one packed file.

    Args:
        limits: What may.
        packed_bytes: Its size as it lies there.
    """

    def __init__(self, limits: UnpackLimits, packed_bytes: int) -> None:
        self._limits = limits
        self._packed_bytes = max(packed_bytes, 1)
        self._bytes = 0
        self._members = 0
        self._depth = 0

    def count_bytes(self, count: int) -> None:
        """Take note of ``count`` bytes that came out.

        Raises:
            BombError: They are too many.
        """
        self._bytes += count
        self._check(self._bytes)

    def check_announced(self, count: int) -> None:
        """Refuse early what says of itself that it is too much.

        Raises:
            BombError: It is.
        """
        self._check(self._bytes + count)

    def count_members(self, count: int) -> None:
        """Take note of ``count`` members of an archive.

        Raises:
            BombError: They are too many.
        """
        self._members += count
        if self._members > self._limits.member_count:
            raise BombError(
                f"holds more than {self._limits.member_count:,} members.",
                remedy="Divide it, or raise TILTH_MAX_ARCHIVE_MEMBERS if you trust it.",
            )

    @contextmanager
    def nested(self) -> Iterator[None]:
        """One archive, for as long as it is open.

        Raises:
            InputError: It lies too deep in others, which may be in order for all the rest.
        """
        if self._depth == self._limits.depth:
            raise InputError(
                f"lies more than {self._limits.depth} archives deep.",
                remedy="Unpack it by hand, or raise TILTH_MAX_ARCHIVE_DEPTH if you trust it.",
            )
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1

    def _check(self, count: int) -> None:
        if count > self._limits.total_bytes:
            raise BombError(
                f"unpacks to more than {self._limits.total_bytes:,} bytes.",
                remedy="Divide it, or raise TILTH_MAX_UNPACKED_BYTES if you trust it.",
            )
        if count > max(_HARMLESS_BYTES, self._packed_bytes * self._limits.ratio):
            raise BombError(
                f"unpacks to more than {self._limits.ratio:,} times its size, as a bomb does.",
                remedy="Raise TILTH_MAX_UNPACKED_RATIO if you trust it.",
            )
