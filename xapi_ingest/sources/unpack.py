"""The files in an archive, each for a moment in a private folder, those of archives inside too."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path, PurePosixPath
from typing import Final

from xapi_ingest.archives.compressed import BLOCK_BYTES, unpacked
from xapi_ingest.archives.guard import BombError, Guard, UnpackLimits
from xapi_ingest.archives.zipped import Archive, open_archive
from xapi_ingest.errors import InputError
from xapi_ingest.sources.files import InputFile, Kinds, Refusal
from xapi_ingest.sources.stream import read_blocks

# What macOS adds to every archive, and what hides.
_SIDE_SHOWS: Final = ("__MACOSX", ".")


class Unpacker:
    """Takes archives apart.

    Args:
        folder: An empty folder that nobody else reads.
        kinds: What the names of members mean.
        limits: What an archive may hold.
    """

    def __init__(self, folder: Path, kinds: Kinds, limits: UnpackLimits) -> None:
        self._folder = folder
        self._kinds = kinds
        self._limits = limits
        self._numbers = count(1)
        self.skipped: list[str] = []

    def files_in(self, file: InputFile) -> Iterator[InputFile | Refusal]:
        """The files that the archive ``file`` holds, and what in it cannot be read.

        A file is there until the next one is asked for, unless it is moved away before. Members of
        no known kind are in ``skipped``.

        Raises:
            InputError: It is no archive, or more comes out of it than may; what was yielded before
                is whole.
        """
        guard = file.guard or Guard(self._limits, file.path.stat().st_size)
        if file.packing is None:
            with open_archive(file.path, file.name, guard=guard) as archive:
                yield from self._members(archive, guard)
            return
        blocks = read_blocks(file.path, on_bytes=_nothing)
        with self._spooled(unpacked(blocks, file.packing, guard)) as path:
            yield from self.files_in(replace(file, path=path, packing=None, guard=guard))

    def _members(self, archive: Archive, guard: Guard) -> Iterator[InputFile | Refusal]:
        for refusal in archive.refusals:
            yield Refusal(f"{archive.name}/{refusal.name}", refusal.message, refusal.remedy)
        for member in archive.members:
            name = f"{archive.name}/{member.name}"
            path = PurePosixPath(member.name)
            kind = None
            if not any(part.startswith(_SIDE_SHOWS) for part in path.parts):
                kind = self._kinds.of(Path(path.name))
            if kind is None:
                self.skipped.append(name)
                continue
            try:
                with (
                    archive.open(member.name) as stream,
                    self._spooled(iter(lambda: stream.read(BLOCK_BYTES), b"")) as place,
                ):
                    file = replace(kind, path=place, name=name, guard=guard)
                    yield from self.files_in(file) if file.use == "archive" else (file,)
            except BombError:
                raise
            except InputError as error:
                message = error.message.removeprefix(name).lstrip(": ")
                yield Refusal(name, message, error.remedy)

    @contextmanager
    def _spooled(self, blocks: Iterable[bytes]) -> Iterator[Path]:
        path = self._folder / str(next(self._numbers))
        try:
            with path.open("xb") as file:
                file.writelines(blocks)
            yield path
        finally:
            path.unlink(missing_ok=True)


def _nothing(_: bytes) -> None:
    """Nobody asks for a hash."""
