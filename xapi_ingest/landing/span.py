"""The first and the last instant of what a batch brought."""

from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa
import pyarrow.compute as pc


@dataclass(slots=True)
class Span:
    """From the first to the last ``occurred_at``; None as long as there is none."""

    first: datetime | None = None
    last: datetime | None = None

    def add(self, rows: pa.RecordBatch) -> None:
        """Widen the span to ``rows``."""
        if rows.num_rows:
            ends = pc.min_max(rows["occurred_at"]).as_py()
            self.first = min(filter(None, (self.first, ends["min"])))
            self.last = max(filter(None, (self.last, ends["max"])))
