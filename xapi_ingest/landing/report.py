"""What an ingest did, file by file, in numbers and in sentences for the person who started it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from xapi_ingest.landing.contracts.check import Faults
from xapi_ingest.landing.reasons import Reason, reason_of
from xapi_ingest.statement.problems import Problem

# Positions named in a sentence; the rest is counted.
_NAMED_POSITIONS: Final = 3
# Lines for the faults of one reference file; the rest is counted.
_NAMED_FAULTS: Final = 50


@dataclass(slots=True)
class RuleCount:
    """The rejections of one file in which a rule objected first.

    Attributes:
        first_places: Position of the first items, with the row of the table they are made of.
    """

    reason: Reason
    count: int = 0
    first_places: list[str] = field(default_factory=list)


@dataclass(slots=True)
class FileReport:
    """What became of one file.

    Attributes:
        input_name: The file's name, without its folder.
        table_name: ``statements``, or the reference table.
        seconds: Time that its ingest took, in this call.
        is_already_landed: The same bytes of the same source had landed before; the counts are
            those of then.
        failure: Why nothing of it landed; None if it did.
        left_out: Rows of a mapped table that were left out on purpose, by the mapping's reason;
            unknown of one that had landed before.
        faults: What is wrong with a refused reference file.
        digest: Hash of the file's bytes; None if they could not be read.
        is_passing: Whether the failure may be gone later: the file was being written, or closed.
        superseded_by: The newer file of the same reference table that stands in its place.
    """

    input_name: str
    source_name: str
    table_name: str = "statements"
    batch_id: str | None = None
    input_bytes: int = 0
    accepted_count: int = 0
    rejected_count: int = 0
    seconds: float = 0.0
    is_already_landed: bool = False
    rejections: dict[str, RuleCount] = field(default_factory=dict)
    failure: str | None = None
    left_out: dict[str, int] = field(default_factory=dict)
    faults: Faults = field(default_factory=Faults)
    digest: bytes | None = None
    is_passing: bool = False
    superseded_by: str | None = None

    @property
    def has_landed(self) -> bool:
        """Whether what it holds stands in the landing, from now or from before."""
        return self.failure is None and self.superseded_by is None

    @property
    def read_count(self) -> int:
        """Items read: accepted and rejected."""
        return self.accepted_count + self.rejected_count

    def count_rejection(self, position: int, problems: list[Problem]) -> None:
        """Note that the item at ``position`` was rejected."""
        self.rejected_count += 1
        first = problems[0]
        count = self.rejections.setdefault(first.rule_id, RuleCount(reason_of(first.rule_id)))
        count.count += 1
        if len(count.first_places) < _NAMED_POSITIONS:
            count.first_places.append(
                f"{position} ({first.place})" if first.place else f"{position}"
            )

    def problems(self) -> Iterator[str]:
        """One sentence for each thing that is wrong: file, position, rule, what to do.

        Nothing that the sender wrote is quoted: it may be about a person.
        """
        if self.failure:
            yield f"{self.input_name}: {self.failure}"
        for fault in self.faults.listed[:_NAMED_FAULTS]:
            yield fault.sentence(self.input_name)
        if self.faults.count > _NAMED_FAULTS:
            yield f"{self.input_name}: and {self.faults.count - _NAMED_FAULTS:,} more faults."
        for rule in self.rejections.values():
            places = ", ".join(rule.first_places)
            more = rule.count - len(rule.first_places)
            also = f" and {more} more" if more else ""
            noun = "item" if rule.count == 1 else "items"
            yield (
                f"{self.input_name}: {noun} {places}{also} rejected by {rule.reason.rule_id}: "
                f"{rule.reason.sentence} {rule.reason.remedy}"
            )


@dataclass(slots=True)
class IngestReport:
    """What one ingest did.

    Attributes:
        files: Each file that was looked at, in order.
        refused: Sentences about what was named and could not be read at all.
        skipped: Names of files in folders that are of no known kind.
        remarks: What a person should know and need not mend.
        seconds: Wall time of all.
    """

    files: list[FileReport] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def add(self, files: list[FileReport], skipped: list[str]) -> None:
        """Take up what became of one input."""
        self.files += files
        self.skipped += skipped

    @property
    def read_count(self) -> int:
        """Items read, those of files that had landed before included."""
        return sum(file.read_count for file in self.files)

    @property
    def accepted_count(self) -> int:
        """Items accepted, those of files that had landed before included."""
        return sum(file.accepted_count for file in self.files)

    @property
    def rejected_count(self) -> int:
        """Items rejected, those of files that had landed before included."""
        return sum(file.rejected_count for file in self.files)

    @property
    def landed_count(self) -> int:
        """Files that landed in this ingest."""
        return sum(not file.is_already_landed and file.has_landed for file in self.files)

    @property
    def already_landed_count(self) -> int:
        """Files that had landed before."""
        return sum(file.is_already_landed for file in self.files)

    @property
    def left_out_count(self) -> int:
        """Rows of mapped tables that were left out on purpose."""
        return sum(sum(file.left_out.values()) for file in self.files)

    @property
    def problems(self) -> list[str]:
        """Everything that is wrong, one sentence each."""
        return [*self.refused, *(line for file in self.files for line in file.problems())]

    @property
    def exit_code(self) -> int:
        """1 if anything was rejected or could not be read, else 0."""
        return 1 if self.problems else 0

    def to_dict(self) -> dict[str, Any]:
        """The report as plain values, for JSON."""
        return {
            "files": [_plain(file) for file in self.files],
            "read_count": self.read_count,
            "accepted_count": self.accepted_count,
            "rejected_count": self.rejected_count,
            "skipped": self.skipped,
            "remarks": self.remarks,
            "problems": self.problems,
            "seconds": round(self.seconds, 3),
        }


def _plain(file: FileReport) -> dict[str, Any]:
    return {
        "input_name": file.input_name,
        "source_name": file.source_name,
        "table_name": file.table_name,
        "batch_id": file.batch_id,
        "is_already_landed": file.is_already_landed,
        "read_count": file.read_count,
        "accepted_count": file.accepted_count,
        "rejected_count": file.rejected_count,
        "rejected_by_rule": {rule_id: rule.count for rule_id, rule in file.rejections.items()},
        "left_out": file.left_out,
        "superseded_by": file.superseded_by,
        "failure": file.failure,
        "seconds": round(file.seconds, 3),
    }
