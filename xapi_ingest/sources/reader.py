"""A file of statements as numbered items, in one pass and in bounded memory."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final, cast

import orjson

from xapi_ingest.archives.compressed import DamagedError, UnpackedFile, unpacked
from xapi_ingest.archives.guard import Guard, UnpackLimits
from xapi_ingest.errors import InputError
from xapi_ingest.sources.documents import DocumentSplitter
from xapi_ingest.sources.files import InputFile
from xapi_ingest.sources.items import Item, Overlong, Remainder, Run
from xapi_ingest.sources.lines import LineSplitter
from xapi_ingest.sources.parquet import read_parquet_items
from xapi_ingest.sources.pending import Pending, Spilled
from xapi_ingest.sources.stream import read_blocks, without_mark

# A run is as long as these allow: enough to be worth a round trip, little enough for memory.
RUN_STATEMENTS: Final = 1_000
RUN_BYTES: Final = 4 * 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What may be held in memory, and where the rest goes.

    Attributes:
        item_bytes: A longer item is put aside.
        next_path: Gives the file for the next item that is put aside.
        unpack: How much may come out of a compressed file.
    """

    item_bytes: int
    next_path: Callable[[], Path]
    unpack: UnpackLimits = field(default_factory=UnpackLimits)


def read_items(
    file: InputFile, *, limits: Limits, on_bytes: Callable[[bytes], None]
) -> Iterator[Item]:
    """Everything that ``file`` holds, in order; each byte as stored passes ``on_bytes``.

    Raises:
        InputError: The file cannot be opened or read, is blank, or unpacks to more than it may.
    """
    pending = Pending(limit=limits.item_bytes, next_path=limits.next_path)
    try:
        if file.form == "parquet":
            with _seekable(file, limits.unpack) as stream:
                yield from read_parquet_items(stream, pending)
            # Parquet is read to and fro, so the bytes pass afterwards.
            for _ in read_blocks(file.path, on_bytes=on_bytes):
                pass
            return
        splitter = LineSplitter(pending) if file.form == "lines" else DocumentSplitter(pending)
        blocks = without_mark(content_of(file, limits=limits.unpack, on_bytes=on_bytes))
        yield from _numbered(blocks, splitter, limits.item_bytes)
    finally:
        pending.close()


def content_of(
    file: InputFile, *, limits: UnpackLimits, on_bytes: Callable[[bytes], None]
) -> Iterator[bytes]:
    """What ``file`` holds in blocks, unpacked; each byte as stored passes ``on_bytes``.

    Raises:
        InputError: It cannot be opened or read, is damaged, or unpacks to more than it may.
    """
    blocks = read_blocks(file.path, on_bytes=on_bytes)
    if file.packing is None:
        return blocks
    guard = file.guard or Guard(limits, file.path.stat().st_size)
    return unpacked(blocks, file.packing, guard)


def _seekable(file: InputFile, limits: UnpackLimits) -> BinaryIO:
    packing = file.packing
    if packing is None:
        return file.path.open("rb")
    guard = file.guard or Guard(limits, file.path.stat().st_size)
    content = UnpackedFile(
        lambda: unpacked(read_blocks(file.path, on_bytes=_nothing), packing), guard
    )
    return cast("BinaryIO", io.BufferedReader(content))


def _nothing(_: bytes) -> None:
    """The bytes pass at another time."""


def _numbered(
    blocks: Iterator[bytes], splitter: LineSplitter | DocumentSplitter, limit: int
) -> Iterator[Item]:
    position = 1
    damage: str | None = None
    raws: list[bytes] = []
    size = 0
    try:
        for element in _elements(blocks, splitter, limit):
            if isinstance(element, bytes):
                raws.append(element)
                size += len(element)
                if len(raws) < RUN_STATEMENTS and size < RUN_BYTES:
                    continue
            yield from _run(position, raws)
            position += len(raws)
            raws, size = [], 0
            if isinstance(element, Spilled):
                yield Overlong(position, element.path, element.size)
                position += 1
    except DamagedError as error:
        damage = error.message
    yield from _run(position, raws)
    yield from _last(position + len(raws), splitter, damage)


def _elements(
    blocks: Iterator[bytes], splitter: LineSplitter | DocumentSplitter, limit: int
) -> Iterator[bytes | Spilled]:
    for block in blocks:
        if len(block) <= limit:
            yield from splitter.feed(block)
            continue
        for start in range(0, len(block), limit):
            yield from splitter.feed(block[start : start + limit])


def _run(position: int, raws: list[bytes]) -> Iterator[Run]:
    if raws:
        yield Run(position, raws)


def _last(
    position: int, splitter: LineSplitter | DocumentSplitter, damage: str | None
) -> Iterator[Item]:
    """What is left when the bytes end: nothing, one item, or a rest that is not whole."""
    fault = damage or splitter.fault()
    rest = splitter.rest()
    if isinstance(rest, Spilled):
        yield Overlong(position, rest.path, rest.size)
    elif fault and rest.startswith(b"{") and _is_json(rest):
        yield Run(position, [rest])
        yield Remainder(position + 1, b"", fault)
    elif fault:
        yield Remainder(position, rest, fault)
    elif rest:
        yield Run(position, [rest], is_cut=True)
    elif position == 1 and splitter.is_blank:
        raise InputError("holds nothing but white space.", remedy="Export it again.")


def _is_json(text: bytes) -> bool:
    try:
        orjson.loads(text)
    except orjson.JSONDecodeError:
        return False
    return True
