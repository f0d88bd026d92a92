"""The inbox: what lies there lands, and then moves aside, so that what lies there is new.

A file moves after its commit mark is written. Whatever stops in between, it is still in the inbox,
is recognised as landed, and moves then. What is being written stays.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import Final

from xapi_ingest.errors import InputError
from xapi_ingest.landing.batches import batch_id_from, locked, present_instant
from xapi_ingest.landing.ingest import NAME_FAULT, NAME_REMEDY, found_in, prepare_landing
from xapi_ingest.landing.intake import Intake, OnProgress
from xapi_ingest.landing.ledger import Ledger, open_ledger
from xapi_ingest.landing.mapped import MAPPING_NAME
from xapi_ingest.landing.one_file import identity_of
from xapi_ingest.landing.report import IngestReport
from xapi_ingest.landing.shelves import put_away
from xapi_ingest.landing.taking import Taken, Taking
from xapi_ingest.landing.workspace import workspace
from xapi_ingest.mapping.load import Mapping, load_mapping
from xapi_ingest.settings import Settings
from xapi_ingest.sources.files import InputFile, is_source_name


def ingest_inbox(
    *,
    settings: Settings,
    on_progress: OnProgress | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> IngestReport:
    """Land what lies in the inbox, and move it aside.

    A first-level folder names the source of what is in it; a file directly in the inbox comes from
    ``settings.default_source``. A file ``mapping.yaml`` in a first-level folder makes statements of
    the tables in that folder.

    Args:
        settings: Where the inbox is, and whether files stay in it.
        on_progress: Told ``(bytes done, bytes in all, file name)`` as each file is parsed.
        sleep: Waits while fresh files are watched.

    Raises:
        InputError: The inbox cannot be read.
        LandingError: The landing cannot be written.
    """
    began = perf_counter()
    prepare_landing(settings)
    report = IngestReport()
    with (
        locked(settings.state, "inbox"),
        workspace(settings.state) as folder,
        open_ledger(settings) as ledger,
    ):
        taking = Taking(settings, folder, on_progress)
        inbox = _Inbox(settings, ledger, report)
        inbox.look_back()
        taken = []
        for file, group in _settled(inbox.files(), settings, report, sleep):
            is_new = inbox.is_new(file, group.source_name)
            taken.append(taking.take(file, group.source_name, group.mapping, is_new=is_new))
            if not taken[-1].waiting:
                inbox.close(taken[-1])
        for one in taking.finish():
            inbox.close(one)
        for one in taken:
            report.add(one.reports, one.skipped)
    report.seconds = perf_counter() - began
    return report


# How long what was moved aside is looked at again.
_LOOK_BACK: Final = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class _Group:
    """Paths of one source, and what maps the tables among them."""

    source_name: str
    paths: list[Path]
    mapping: Mapping | None = None


class _Inbox:
    def __init__(self, settings: Settings, ledger: Ledger, report: IngestReport) -> None:
        self._settings = settings
        self._ledger = ledger
        self._report = report

    def files(self) -> list[tuple[InputFile, _Group]]:
        """What there is to take; what cannot be is named in the report."""
        return [
            (file, group)
            for group in self._groups()
            for file in found_in(group.paths, group.mapping, self._report).files
        ]

    def look_back(self) -> None:
        """Name what was written to after it had moved: by somebody who had it open all the time."""
        since = present_instant() - _LOOK_BACK
        # One that was moved back and taken again stands under the same name: the last entry counts.
        latest = {entry.moved_to: entry for entry in reversed(self._ledger.entries())}
        for entry in latest.values():
            path = self._settings.root / entry.moved_to
            if not entry.moved_to or entry.last_seen_at < since or not path.is_file():
                continue
            if path.stat().st_size > entry.input_bytes:
                self._report.refused.append(
                    f"{entry.place}: went on growing after it was taken, so its end has not landed."
                    f" Move {entry.moved_to} back to {entry.place}; what has landed is recognised."
                )

    def is_new(self, file: InputFile, source_name: str) -> bool:
        """Whether other bytes, or none, were last taken at its place.

        What stays in the inbox is no newer word than what has landed since by another way.
        """
        if file.table is None and file.use != "archive":
            return True
        known = self._ledger.last_version(source_name, self._place(file))
        by_landing = self._ledger.versions(source_name) if known is None else {}
        try:
            digest = Intake(file.path).digest() if known or by_landing else b""
        except InputError:
            return True  # whoever takes it says what is wrong
        if known is None:  # of a ledger made again, a name and a batch are left
            return (file.name, batch_id_from(source_name, digest)) not in by_landing
        return digest.hex() != known

    def _place(self, file: InputFile) -> str:
        return f"inbox/{file.path.relative_to(self._settings.inbox).as_posix()}"

    def close(self, taken: Taken) -> None:
        """Note what became of a file and move it aside."""
        place = self._place(taken.file)
        moved_to, remark = "", None
        if not self._settings.inbox_keep and not taken.is_passing and taken.version:
            moved_to, remark = put_away(taken, self._settings.inbox)
        if remark:
            self._report.remarks.append(f"{place}: {remark}")
        self._ledger.note(taken, place=place, moved_to=moved_to)

    def _groups(self) -> list[_Group]:
        inbox = self._settings.inbox
        if not inbox.is_dir():
            return []
        try:
            entries = sorted(path for path in inbox.iterdir() if path.name[0] != ".")
        except OSError as error:
            raise InputError(
                f"The inbox {inbox} cannot be read: {error.strerror or error}.",
                remedy="Give the user that runs Tilth the right to read it.",
            ) from error
        groups = [group for path in entries if path.is_dir() for group in self._group_in(path)]
        files = [path for path in entries if not path.is_dir()]
        return [*groups, _Group(self._settings.default_source, files)]

    def _group_in(self, folder: Path) -> list[_Group]:
        if not is_source_name(folder.name):
            refusal = f"inbox/{folder.name}: {folder.name!r} {NAME_FAULT} {NAME_REMEDY}"
            self._report.refused.append(refusal)
            return []
        path = folder / MAPPING_NAME
        if not path.is_file():
            return [_Group(folder.name, [folder])]
        try:
            return [_Group(folder.name, [folder], load_mapping(path))]
        except InputError as error:
            # Without it, rows might be taken for faulty statements: the folder waits.
            refusal = f"inbox/{folder.name}: nothing of it is read: {error}"
            self._report.refused.append(refusal)
            return []


def _settled(
    files: list[tuple[InputFile, _Group]],
    settings: Settings,
    report: IngestReport,
    sleep: Callable[[float], None],
) -> list[tuple[InputFile, _Group]]:
    """``files`` without those that somebody is writing; fresh ones are watched for a while."""
    seconds = settings.inbox_settle_seconds
    fresh = {
        file.path: identity
        for file, _ in files
        if (identity := _identity(file.path)) and time.time() - identity[2] / 1e9 < seconds
    }
    if fresh:
        sleep(seconds)
    growing = {path for path, identity in fresh.items() if _identity(path) != identity}
    for path in growing:
        place = path.relative_to(settings.inbox).as_posix()
        report.remarks.append(f"inbox/{place}: is being written; the next night takes it")
    return [(file, group) for file, group in files if file.path not in growing]


def _identity(path: Path) -> tuple[int, int, int] | None:
    try:
        return identity_of(path)
    except OSError:
        return None
