"""Inputs into the landing, one after the other: archives are taken apart, snapshots wait.

Of the snapshots of one reference table of one source that one ingest brings, the newest that keeps
its contract lands; the older ones would only stand in its way. Hence they wait until all have come.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from xapi_ingest.archives.guard import UnpackLimits
from xapi_ingest.errors import InputError, LandingError
from xapi_ingest.landing.contracts.contract import Load
from xapi_ingest.landing.contracts.registry import CONTRACTS, REFERENCE_TABLES
from xapi_ingest.landing.intake import Intake, OnProgress
from xapi_ingest.landing.mapped import endings_of
from xapi_ingest.landing.one_file import identity_of, land_file
from xapi_ingest.landing.report import FileReport
from xapi_ingest.mapping.load import Mapping
from xapi_ingest.settings import Settings
from xapi_ingest.sources.files import KNOWN, InputFile, Kinds, Refusal
from xapi_ingest.sources.stream import PassingError
from xapi_ingest.sources.unpack import Unpacker

_NAMED_MEMBERS: Final = 3


@dataclass(slots=True)
class Taken:
    """What became of one input.

    Attributes:
        file: The input.
        source_name: Where it comes from.
        identity: What it was when it was opened; None if it was gone.
        reports: Of the input, or of the members of an archive.
        waiting: Snapshots in it that have not been decided upon.
        skipped: Members of no known kind.
        digest: Hash of an archive's own bytes.
        is_new: Whether a snapshot in it that has landed before may replace what came since.
    """

    file: InputFile
    source_name: str
    identity: tuple[int, int, int] | None = None
    digest: bytes | None = None
    is_new: bool = True
    reports: list[FileReport] = field(default_factory=list)
    waiting: int = 0
    skipped: list[str] = field(default_factory=list)

    @property
    def version(self) -> str | None:
        """Hash of its bytes; None if they could not be read."""
        digest = self.digest or next((one.digest for one in self.reports), None)
        return digest.hex() if digest else None

    @property
    def input_bytes(self) -> int:
        """Its size."""
        return self.identity[1] if self.identity else 0

    @property
    def is_passing(self) -> bool:
        """Whether it may be taken another time, when it can be read or is written to its end."""
        return any(report.is_passing for report in self.reports)

    @property
    def failures(self) -> list[str]:
        """Why it, or a member of it, has not landed."""
        return [line for one in self.reports if one.failure for line in one.problems()]

    @property
    def outcome(self) -> str:
        """``landed``, ``failed``, ``partly`` (members of both kinds) or ``superseded``."""
        if self.failures:
            return "partly" if any(report.has_landed for report in self.reports) else "failed"
        return "landed" if any(report.has_landed for report in self.reports) else "superseded"


@dataclass(frozen=True, slots=True)
class _Snapshot:
    file: InputFile
    order: tuple[int, str]
    taken: Taken


class Taking:
    """One ingest.

    Args:
        settings: Where the landing is, and the limits.
        folder: An empty private folder.
        on_progress: Told how far each file is.
    """

    def __init__(
        self, settings: Settings, folder: Path, on_progress: OnProgress | None = None
    ) -> None:
        self._settings = settings
        self._folder = folder
        self._on_progress = on_progress
        self._snapshots: dict[tuple[str, str], list[_Snapshot]] = {}
        self._held = 0

    def take(
        self,
        file: InputFile,
        source_name: str,
        mapping: Mapping | None,
        *,
        modified: int | None = None,
        is_new: bool = True,
    ) -> Taken:
        """Land ``file``, or what is in it; whatever is wrong is in the reports.

        Args:
            file: The input.
            source_name: Where it comes from.
            mapping: What makes statements of tables.
            modified: When it was written, in nanoseconds; what its folder says if None.
            is_new: Whether somebody handed it in, rather than that it still lies there.

        Raises:
            LandingError: The landing cannot be written.
        """
        taken = Taken(file, source_name, is_new=is_new)
        try:
            taken.identity = identity_of(file.path)
        except OSError:
            taken.reports.append(self._landed(file, taken, mapping))  # which says why
            return taken
        order = (taken.identity[2] if modified is None else modified, str(file.path))
        if file.use == "archive":
            self._take_apart(taken, mapping, order)
        else:
            self._take_one(file, taken, mapping, order)
        return taken

    def finish(self) -> Iterator[Taken]:
        """Land the snapshots that wait; yields the inputs with which that is decided.

        Raises:
            LandingError: The landing cannot be written.
        """
        for snapshots in self._snapshots.values():
            standing: str | None = None
            for one in sorted(snapshots, key=lambda snapshot: snapshot.order, reverse=True):
                if standing is None:
                    report = self._landed(one.file, one.taken, None)
                    standing = one.file.name if report.has_landed else None
                else:
                    report = FileReport(one.file.name, one.taken.source_name, one.file.table or "")
                    report.superseded_by = standing
                one.taken.reports.append(report)
                one.taken.waiting -= 1
                if not one.taken.waiting:
                    yield one.taken
        self._snapshots = {}

    def _landed(self, file: InputFile, taken: Taken, mapping: Mapping | None) -> FileReport:
        return land_file(
            file,
            source_name=taken.source_name,
            mapping=mapping,
            is_new=taken.is_new,
            settings=self._settings,
            on_progress=self._on_progress,
        )

    def _take_one(
        self, file: InputFile, taken: Taken, mapping: Mapping | None, order: tuple[int, str]
    ) -> None:
        if file.table is None or CONTRACTS[file.table].load is Load.LOG:
            taken.reports.append(self._landed(file, taken, mapping))
            return
        taken.waiting += 1
        waiting = self._snapshots.setdefault((taken.source_name, file.table), [])
        waiting.append(_Snapshot(file, order, taken))

    def _take_apart(self, taken: Taken, mapping: Mapping | None, order: tuple[int, str]) -> None:
        mapped = endings_of(mapping) if mapping else frozenset()
        unpacker = Unpacker(
            self._folder,
            Kinds(frozenset(REFERENCE_TABLES), mapped),
            UnpackLimits.of(self._settings),
        )
        try:
            taken.digest = Intake(taken.file.path).digest()
            for found in unpacker.files_in(taken.file):
                if isinstance(found, Refusal):
                    self._refuse(taken, found.name, f"{found.message} {found.remedy}")
                elif found.table:
                    self._take_one(self._kept(found), taken, None, (order[0], found.name))
                else:
                    self._take_one(found, taken, mapping, order)
        except InputError as error:
            message = str(error).removeprefix(taken.file.name).lstrip(": ")
            self._refuse(taken, taken.file.name, message)
            taken.reports[-1].is_passing = isinstance(error, PassingError)
        except OSError as error:
            raise LandingError(
                f"{taken.file.name} cannot be unpacked: {error.strerror or error}.",
                remedy="Check space and rights of the data folder, then ingest again.",
            ) from error
        taken.skipped = unpacker.skipped
        if not taken.reports and not taken.waiting:
            self._refuse(taken, taken.file.name, _holds_nothing(unpacker.skipped))
        self._check_unchanged(taken)

    def _kept(self, file: InputFile) -> InputFile:
        """A member that has to stay until the end of the ingest."""
        self._held += 1
        return replace(file, path=file.path.replace(self._folder / f"held-{self._held}"))

    def _refuse(self, taken: Taken, name: str, failure: str) -> None:
        taken.reports.append(FileReport(name, taken.source_name, failure=failure))

    def _check_unchanged(self, taken: Taken) -> None:
        try:
            is_same = identity_of(taken.file.path) == taken.identity
        except OSError:
            is_same = False
        if not is_same:
            failure = (
                "changed while it was taken apart; what has landed of it is whole. Ingest it "
                "again once it is written to its end."
            )
            self._refuse(taken, taken.file.name, failure)
            taken.reports[-1].is_passing = True


def _holds_nothing(skipped: list[str]) -> str:
    named = ", ".join(name.rpartition("/")[2] for name in skipped[:_NAMED_MEMBERS])
    holds = f"holds nothing that can be read (but {named})." if named else "is an empty archive."
    return f"{holds} Known are {KNOWN}."
