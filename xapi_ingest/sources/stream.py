"""Bytes of a file in blocks, hashed on the way, bounded in memory."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from xapi_ingest.errors import InputError

BLOCK_BYTES: Final = 1024 * 1024
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


class PassingError(InputError):
    """A file cannot be read now and may well be later: it is being written, or it is closed."""


def open_hash() -> Any:
    """The hash that names a file's content: 128 bits of BLAKE2b."""
    return hashlib.blake2b(digest_size=16)


def read_blocks(path: Path, *, on_bytes: Callable[[bytes], None]) -> Iterator[bytes]:
    """The file's bytes in blocks; ``on_bytes`` sees each before it is yielded.

    Raises:
        PassingError: The file cannot be opened or read.
    """
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK_BYTES):
                on_bytes(block)
                yield block
    except OSError as error:
        raise PassingError(
            f"cannot be read: {error.strerror or error}.",
            remedy="Give the user that runs Tilth the right to read it.",
        ) from error


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
