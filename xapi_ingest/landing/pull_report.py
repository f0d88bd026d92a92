"""What a pull or a backfill did, in numbers and sentences."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from xapi_ingest.landing.report import FileReport

# Sentences kept about rejected statements; the rest is counted.
_NAMED_PROBLEMS: Final = 50


@dataclass(slots=True)
class PullReport:
    """What came from one source.

    Attributes:
        unit: What comes at a time: a page of an LRS, a table of a database, an object of a bucket.
        window_count: Windows brought to their end.
        page_count: Pages or objects received, empty ones included.
        landed_count: Those, and members of archives, that landed as batches.
        already_landed_count: Those that had landed before; their statements are not counted again.
        received_bytes: Bytes of all.
        pulled_until: Where the cursor stands: everything stored up to here has landed.
        remarks: What a person should know and need not mend at once.
        problems: A sentence for each page and rule that rejected statements.
        seconds: Wall time.
    """

    source_name: str
    unit: str = "page"
    window_count: int = 0
    page_count: int = 0
    landed_count: int = 0
    already_landed_count: int = 0
    accepted_count: int = 0
    rejected_count: int = 0
    received_bytes: int = 0
    pulled_until: datetime | None = None
    remarks: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    unnamed_problem_count: int = 0
    seconds: float = 0.0

    @property
    def read_count(self) -> int:
        """Statements that landed: accepted and rejected."""
        return self.accepted_count + self.rejected_count

    @property
    def exit_code(self) -> int:
        """1 if anything was rejected or refused, else 0."""
        return 1 if self.rejected_count or self.problems else 0

    def add(self, received_bytes: int, *landed: FileReport) -> None:
        """Count one page or object with what landed of it; of a page without statements nothing."""
        self.page_count += 1
        self.received_bytes += received_bytes
        for one in landed:
            self._add(one)

    def _add(self, landed: FileReport) -> None:
        if landed.is_already_landed:
            self.already_landed_count += 1
            return
        self.landed_count += landed.has_landed
        self.accepted_count += landed.accepted_count
        self.rejected_count += landed.rejected_count
        sentences = list(landed.problems())
        room = max(0, _NAMED_PROBLEMS - len(self.problems))
        self.problems += sentences[:room]
        self.unnamed_problem_count += len(sentences[room:])

    def to_dict(self) -> dict[str, Any]:
        """The report as plain values, for JSON."""
        until = self.pulled_until.isoformat() if self.pulled_until else None
        return {
            "source_name": self.source_name,
            "unit": self.unit,
            "window_count": self.window_count,
            "page_count": self.page_count,
            "landed_count": self.landed_count,
            "already_landed_count": self.already_landed_count,
            "read_count": self.read_count,
            "accepted_count": self.accepted_count,
            "rejected_count": self.rejected_count,
            "received_bytes": self.received_bytes,
            "pulled_until": until,
            "remarks": self.remarks,
            "problems": self.problems,
            "unnamed_problem_count": self.unnamed_problem_count,
            "seconds": round(self.seconds, 3),
        }
