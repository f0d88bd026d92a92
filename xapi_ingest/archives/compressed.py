"""Gzip and Zstandard: blocks as stored to blocks as they were, in bounded memory."""

import io
import zlib
from collections.abc import Callable, Iterator
from typing import Any, Final, Literal

import pyarrow as pa

from xapi_ingest.archives.guard import Guard
from xapi_ingest.errors import InputError

Packing = Literal["gzip", "zstd"]
PACKINGS: Final[dict[str, Packing]] = {".gz": "gzip", ".zst": "zstd"}
"""By the ending of a name."""

_MAGIC: Final[dict[bytes, Packing]] = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd"}
BLOCK_BYTES: Final = 1024 * 1024
_GZIP_WINDOW: Final = 31
# What Arrow has unpacked when it meets damage within one read is gone, so it reads little at once.
_ZSTD_READ_BYTES: Final = 64 * 1024


class DamagedError(InputError):
    """A file stops being what it claims to be; everything before was yielded."""


def packing_of(head: bytes) -> Packing | None:
    """How a file that begins with ``head`` is compressed."""
    return next((packing for magic, packing in _MAGIC.items() if head.startswith(magic)), None)


def unpacked(
    blocks: Iterator[bytes], packing: Packing, guard: Guard | None = None
) -> Iterator[bytes]:
    """What compressed ``blocks`` hold, in blocks of bounded size.

    Several gzip members or Zstandard frames one after another are one content.

    Raises:
        DamagedError: Cut off, damaged, or followed by something else.
        BombError: More comes out than may.
    """
    for block in _gunzipped(blocks) if packing == "gzip" else _unzstd(blocks):
        if guard:
            guard.count_bytes(len(block))
        yield block


def _gunzipped(blocks: Iterator[bytes]) -> Iterator[bytes]:
    member = zlib.decompressobj(_GZIP_WINDOW)
    is_started = False
    for block in blocks:
        data = block
        while data:
            if member.eof:
                data = data.lstrip(b"\0")  # padding of tapes and block devices
                if not data:
                    break
                member, is_started = zlib.decompressobj(_GZIP_WINDOW), False
            try:
                piece = member.decompress(data, BLOCK_BYTES)
            except zlib.error as error:
                raise DamagedError("the gzip data is damaged from here on") from error
            is_started = True
            if piece:
                yield piece
            data = member.unused_data if member.eof else member.unconsumed_tail
    yield from _rest(member, is_started=is_started)


def _rest(member: Any, *, is_started: bool) -> Iterator[bytes]:
    if is_started and not member.eof:
        piece = member.flush()
        if piece:
            yield piece
        raise DamagedError("the gzip data is cut off here")


def _unzstd(blocks: Iterator[bytes]) -> Iterator[bytes]:
    stored = _BlockFile(blocks)
    stream = pa.CompressedInputStream(pa.PythonFile(stored, mode="r"), "zstd")
    while True:
        try:
            piece = stream.read(_ZSTD_READ_BYTES)
        except OSError as error:
            if stored.failure:  # not of the data: of whoever hands them over
                raise stored.failure from None
            is_cut = "Truncated" in str(error)
            what = "is cut off here" if is_cut else "is damaged from here on"
            raise DamagedError(f"the Zstandard data {what}") from error
        if not piece:
            return
        yield piece


class _BlockFile(io.RawIOBase):
    """Blocks as a file that can be read once."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        self._rest = b""
        self.failure: Exception | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._rest:
            try:
                self._rest = next(self._blocks, b"")
            except Exception as error:
                self.failure = error
                raise
        taken = self._rest[: len(buffer)]
        buffer[: len(taken)] = taken
        self._rest = self._rest[len(taken) :]
        return len(taken)


class UnpackedFile(io.RawIOBase):
    """Unpacked content that can be wound back: it is unpacked again from its beginning.

    Args:
        again: Gives the unpacked blocks anew.
        guard: Counts what comes out, once, however often it is wound back.
    """

    def __init__(self, again: Callable[[], Iterator[bytes]], guard: Guard) -> None:
        self._again = again
        self._guard = guard
        self._blocks = _BlockFile(again())
        self._at = self._furthest = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is, at a price."""
        return True

    def tell(self) -> int:
        """Where the next byte comes from."""
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Fill ``buffer`` as far as the next block does; 0 at the end."""
        count = self._blocks.readinto(buffer)
        self._at += count
        if self._at > self._furthest:
            self._guard.count_bytes(self._at - self._furthest)
            self._furthest = self._at
        return count

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to ``offset``, forwards by reading and backwards by beginning anew."""
        if whence == io.SEEK_END:
            self._skip(None)
        target = offset if whence == io.SEEK_SET else self._at + offset
        if target < self._at:
            self._blocks, self._at = _BlockFile(self._again()), 0
        self._skip(target)
        return self._at

    def _skip(self, target: int | None) -> None:
        scrap = bytearray(BLOCK_BYTES)
        while target is None or self._at < target:
            room = len(scrap) if target is None else min(len(scrap), target - self._at)
            if not self.readinto(memoryview(scrap)[:room]):
                return
