"""Files of statements against the letter of the specification. Nothing lands, nothing is kept.

The same reader as the ingest divides the files, so positions are those of a later ingest.
"""

import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Final

from xapi_ingest.archives.guard import UnpackLimits
from xapi_ingest.errors import InputError
from xapi_ingest.landing.contracts.registry import REFERENCE_TABLES
from xapi_ingest.landing.statements import cut_off, rejection_of
from xapi_ingest.settings import Settings
from xapi_ingest.sources.files import InputFile, Kinds, Refusal, find_files
from xapi_ingest.sources.items import Item, Run
from xapi_ingest.sources.reader import Limits, read_items
from xapi_ingest.sources.unpack import Unpacker
from xapi_ingest.statement.parse import validate_statement
from xapi_ingest.statement.problems import Problem
from xapi_ingest.statement.rules.severities import Severity, severity_of

_VERSION: Final = re.compile(r"[12]\.0(?:\.\d+)?")
_UNREADABLE_JSON: Final = frozenset({"statement_is_json", "statement_is_utf8"})
# Problems kept of one file; the rest is counted.
LISTED_PROBLEMS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Objection:
    """One problem with the item at ``position`` (1-based) of a file."""

    position: int
    problem: Problem
    severity: Severity


@dataclass(slots=True)
class FileValidation:
    """What was found in one file.

    Attributes:
        input_name: The file's name, without its folder.
        statement_count: Items that were read.
        flawed_count: Items with at least one problem.
        rejected_count: Items that an ingest would reject.
        rule_counts: Items with a problem, by rule.
        objections: The first problems, in order.
        failure: Why the file could not be read; None if it was.
        is_shortened: Whether there were more problems than ``objections`` holds.
    """

    input_name: str
    statement_count: int = 0
    flawed_count: int = 0
    rejected_count: int = 0
    rule_counts: Counter[str] = field(default_factory=Counter)
    objections: list[Objection] = field(default_factory=list)
    failure: str | None = None
    is_shortened: bool = False

    def add(self, position: int, problems: list[Problem]) -> None:
        """Note the item at ``position`` and what is wrong with it."""
        self.statement_count += 1
        if not problems:
            return
        found = [Objection(position, one, severity_of(one.rule_id)) for one in problems]
        self.flawed_count += 1
        self.rejected_count += any(one.severity is Severity.REJECT for one in found)
        self.rule_counts.update({one.rule_id for one in problems})
        room = LISTED_PROBLEMS - len(self.objections)
        self.objections += found[:room]
        self.is_shortened |= len(found) > room


@dataclass(slots=True)
class ValidationReport:
    """What a validation found.

    Attributes:
        version: The version of the specification that was applied.
        files: Each file of statements, in order.
        refused: Sentences about what could not be read.
        skipped: Names of files that hold no statements.
    """

    version: str
    files: list[FileValidation] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """2 if something could not be read, 1 if there is any problem, else 0."""
        if self.refused or any(file.failure for file in self.files):
            return 2
        return 1 if any(file.flawed_count for file in self.files) else 0

    def to_dict(self) -> dict[str, Any]:
        """The report as plain values, for JSON."""
        return {
            "version": self.version,
            "files": [_plain(file) for file in self.files],
            "refused": self.refused,
            "skipped": self.skipped,
        }


def validate_files(
    paths: Sequence[Path], *, version: str = "1.0.3", settings: Settings
) -> ValidationReport:
    """Hold every statement in ``paths`` to the letter of ``version``.

    Args:
        paths: Files of statements, and folders of them.
        version: 1.0.x or 2.0.x.
        settings: The limits of a statement's size.

    Raises:
        InputError: There are no rules for ``version``.
    """
    if not _VERSION.fullmatch(version):
        raise InputError(
            f"There are no rules for version {version!r}.", remedy="Choose 1.0.3 or 2.0.0."
        )
    found = find_files(paths, tables=REFERENCE_TABLES)
    report = ValidationReport(version, skipped=list(found.skipped))
    report.refused += [f"{item.name}: {item.message} {item.remedy}" for item in found.refusals]
    for file in found.files:
        if file.use == "archive":
            _validate_members(file, report, settings)
        else:
            _validate_one(file, report, settings)
    return report


def _validate_members(file: InputFile, report: ValidationReport, settings: Settings) -> None:
    with tempfile.TemporaryDirectory(prefix="tilth-") as folder:
        kinds = Kinds(frozenset(REFERENCE_TABLES))
        unpacker = Unpacker(Path(folder), kinds, UnpackLimits.of(settings))
        try:
            for found in unpacker.files_in(file):
                if isinstance(found, Refusal):
                    report.refused.append(f"{found.name}: {found.message} {found.remedy}")
                else:
                    _validate_one(found, report, settings)
        except InputError as error:
            report.refused.append(f"{file.name}: {error}")
        report.skipped += unpacker.skipped


def _validate_one(file: InputFile, report: ValidationReport, settings: Settings) -> None:
    if file.use == "statements":
        report.files.append(_validated(file, report.version, settings))
    else:
        report.skipped.append(file.name)


def _validated(file: InputFile, version: str, settings: Settings) -> FileValidation:
    limit = settings.max_statement_bytes
    validation = FileValidation(file.name)
    numbers = count(1)
    with tempfile.TemporaryDirectory(prefix="tilth-") as folder:
        limits = Limits(
            limit, lambda: Path(folder) / f"{next(numbers)}.json", UnpackLimits.of(settings)
        )
        try:
            for item in read_items(file, limits=limits, on_bytes=_nothing):
                for position, problems in _judged(item, version, limit):
                    validation.add(position, problems)
        except InputError as error:
            validation.failure = str(error)
    return validation


def _judged(item: Item, version: str, limit: int) -> Iterator[tuple[int, list[Problem]]]:
    if not isinstance(item, Run):
        yield item.position, rejection_of(item, limit).problems
        return
    for position, raw in enumerate(item.raws, item.first_position):
        problems = validate_statement(raw, version=version)
        if item.is_cut and problems and problems[0].rule_id in _UNREADABLE_JSON:
            problems = [cut_off("the file ends in the middle of a statement")]
        yield position, problems


def _nothing(_: bytes) -> None:
    """Nobody asks for progress or a hash."""


def _plain(file: FileValidation) -> dict[str, Any]:
    return {
        "input_name": file.input_name,
        "statement_count": file.statement_count,
        "flawed_count": file.flawed_count,
        "rejected_count": file.rejected_count,
        "rule_counts": dict(file.rule_counts.most_common()),
        "failure": file.failure,
        "is_shortened": file.is_shortened,
        "problems": [
            {
                "position": one.position,
                "pointer": one.problem.pointer,
                "rule_id": one.problem.rule_id,
                "severity": str(one.severity),
                "clause": one.problem.clause,
                "message": one.problem.message,
                "remedy": one.problem.remedy,
            }
            for one in file.objections
        ],
    }
