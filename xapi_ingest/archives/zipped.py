"""Zip archives: their members as streams. Nothing is written anywhere.

A member that must not or cannot be read is refused by name, with a remedy; the others can be read.
Names inside an archive name members and are never used as places on this machine.
"""

import io
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Final, NamedTuple, cast
from zipfile import BadZipFile, ZipFile, ZipInfo

from xapi_ingest.archives.compressed import BLOCK_BYTES
from xapi_ingest.archives.guard import Guard, UnpackLimits
from xapi_ingest.errors import InputError

ARCHIVE_ENDING: Final = ".zip"
_ENCRYPTED: Final = 0x1
_METHODS: Final = {0: "stored", 8: "deflate", 12: "bzip2", 14: "lzma"}
_MOST_READ_BYTES: Final = 256 * 1024 * 1024
_UNREADABLE: Final = (
    BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError,
)  # fmt: skip


class Member(NamedTuple):
    """A file in an archive.

    Attributes:
        name: Its path in the archive, with ``/``.
        size: Its bytes as the archive announces them.
    """

    name: str
    size: int


class MemberRefusal(NamedTuple):
    """A member that is not read: which, why, and what to do."""

    name: str
    message: str
    remedy: str


class Archive:
    """An open archive. Use ``open_archive``.

    Attributes:
        name: What messages call it.
        members: The files in it, in the order of their names.
        refusals: Members that are not read.
    """

    def __init__(self, name: str, parts: ZipFile, guard: Guard) -> None:
        self.name = name
        self._parts = parts
        self._guard = guard
        self._infos: dict[str, ZipInfo] = {}
        self.refusals: list[MemberRefusal] = []
        for info in parts.infolist():
            if info.is_dir():
                continue
            refusal = _objection(info) or self._repetition(info)
            if refusal:
                self.refusals.append(refusal)
            else:
                self._infos[info.filename] = info
        names = sorted(self._infos)
        self.members = [Member(name, self._infos[name].file_size) for name in names]

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """A stream over the member ``name``; what is read counts against the limits.

        Raises:
            InputError: There is no such member; while reading: it is damaged, or more comes out
                than may. Names archive and member.
        """
        if name not in self._infos:
            raise InputError(f"{self.name} has no member '{name}'.")
        place = f"{self.name}/{name}"
        try:
            stream = self._parts.open(self._infos[name])
        except _UNREADABLE as error:
            raise _damaged(place, error) from error
        with stream:
            member = _GuardedMember(cast("BinaryIO", stream), place, self._guard)
            yield cast("BinaryIO", io.BufferedReader(member, BLOCK_BYTES))

    def read(self, name: str) -> bytes:
        """All of the member ``name``, for what is small by its nature.

        Raises:
            InputError: See ``open``; or it is larger than 256 MiB.
        """
        with self.open(name) as stream:
            data = stream.read(_MOST_READ_BYTES + 1)
        if len(data) > _MOST_READ_BYTES:
            raise InputError(f"{self.name}/{name} is larger than {_MOST_READ_BYTES:,} bytes.")
        return data

    def _repetition(self, info: ZipInfo) -> MemberRefusal | None:
        if info.filename not in self._infos:
            return None
        return MemberRefusal(info.filename, "comes twice under this name.", "Pack it again.")


@contextmanager
def open_archive(
    source: Path | BinaryIO, name: str, *, guard: Guard | None = None
) -> Iterator[Archive]:
    """The zip archive in the file or seekable stream ``source``.

    Args:
        source: Where it is.
        name: What messages call it.
        guard: Counts what comes out; one with the default limits if None.

    Raises:
        InputError: It is no archive, holds more than may come out, or lies too deep in others.
    """
    try:
        size = source.stat().st_size if isinstance(source, Path) else source.seek(0, io.SEEK_END)
        parts = ZipFile(source)
    except _UNREADABLE as error:
        raise InputError(
            f"{name} is no zip archive that can be read ({type(error).__name__}).",
            remedy="Fetch or pack it again.",
        ) from error
    guard = guard or Guard(UnpackLimits(), size)
    with parts, guard.nested():
        infos = parts.infolist()
        guard.count_members(len(infos))
        guard.check_announced(sum(info.file_size for info in infos))
        if sum(info.compress_size for info in infos) > size:
            raise InputError(
                f"{name}: its members lie upon one another, as in a bomb.", remedy="Pack it again."
            )
        yield Archive(name, parts, guard)


def _objection(info: ZipInfo) -> MemberRefusal | None:
    """Why the member is not read, whatever is in it."""
    path = PurePosixPath(info.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in "".join(path.parts[:1]):
        message = "names a place outside of the archive."
        return MemberRefusal(info.filename, message, "Ask who packed it; pack it again.")
    if stat.S_ISLNK(info.external_attr >> 16):
        return MemberRefusal(info.filename, "is a link.", "Pack the file itself.")
    if info.flag_bits & _ENCRYPTED:
        message = "is encrypted."
        return MemberRefusal(info.filename, message, "Unpack it with its password, hand in that.")
    if info.compress_type not in _METHODS:
        message = f"is packed by method {info.compress_type}, which Tilth does not read."
        return MemberRefusal(info.filename, message, "Pack it again with deflate.")
    return None


def _damaged(place: str, error: Exception) -> InputError:
    return InputError(
        f"{place} is damaged in the archive ({type(error).__name__}).",
        remedy="Fetch or pack the archive again.",
    )


class _GuardedMember(io.RawIOBase):
    """A member's bytes, counted as they come out; damage is said in a sentence."""

    def __init__(self, stream: BinaryIO, place: str, guard: Guard) -> None:
        self._stream = stream
        self._place = place
        self._guard = guard
        self._furthest = 0  # what is read again does not count again

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._stream.read(len(buffer))
        except _UNREADABLE as error:
            raise _damaged(self._place, error) from error
        at = self._stream.tell()
        if at > self._furthest:
            self._guard.count_bytes(at - self._furthest)
            self._furthest = at
        buffer[: len(data)] = data
        return len(data)
