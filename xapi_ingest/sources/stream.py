"""Bytes of a file in blocks: plain or gzip, hashed on the way, bounded in memory."""

import hashlib
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from xapi_ingest.errors import InputError

BLOCK_BYTES: Final = 1024 * 1024
_GZIP_WINDOW: Final = 31
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


class DamagedError(InputError):
    """A file stops being what it claims to be; everything before was yielded."""


def open_hash() -> Any:
    """The hash that names a file's content: 128 bits of BLAKE2b."""
    return hashlib.blake2b(digest_size=16)


def read_blocks(path: Path, *, on_bytes: Callable[[bytes], None]) -> Iterator[bytes]:
    """The file's bytes in blocks; ``on_bytes`` sees each before it is yielded.

    Raises:
        InputError: The file cannot be opened or read.
    """
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK_BYTES):
                on_bytes(block)
                yield block
    except OSError as error:
        raise InputError(
            f"cannot be read: {error.strerror or error}.",
            remedy="Give the user that runs Tilth the right to read it.",
        ) from error


def unzipped(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """What gzip ``blocks`` hold, member by member, in blocks of bounded size.

    Raises:
        DamagedError: Cut off, damaged, or followed by something else.
    """
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


def without_mark(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """``blocks`` without a byte order mark at their beginning."""
    head = b""
    for block in blocks:
        head += block
        if len(head) >= len(_BYTE_ORDER_MARK):
            break
    else:
        if head.removeprefix(_BYTE_ORDER_MARK):
            yield head.removeprefix(_BYTE_ORDER_MARK)
        return
    yield head.removeprefix(_BYTE_ORDER_MARK)
    yield from blocks
