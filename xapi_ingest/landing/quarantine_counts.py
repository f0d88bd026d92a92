"""The quarantine counted: open, replayed and discarded items by source, rule and batch."""

from datetime import datetime
from pathlib import Path

import msgspec

from xapi_ingest.landing.quarantine import DISCARDED, OPEN, REPLAYED, Chosen, items_of
from xapi_ingest.landing.quarantine import rejected_batches as batches_of


class QuarantineCount(msgspec.Struct, kw_only=True):
    """Items of one batch that one rule was the first to object to."""

    source_name: str
    rule_id: str
    batch_id: str
    input_name: str
    loaded_at: datetime
    open_count: int = 0
    replayed_count: int = 0
    discarded_count: int = 0

    def add(self, state: str) -> None:
        """Count one item in ``state``."""
        self.open_count += state == OPEN
        self.replayed_count += state == REPLAYED
        self.discarded_count += state == DISCARDED


def counts_of(chosen: Chosen, landing: Path) -> list[QuarantineCount]:
    """One count per source, rule and batch, those with the most open first.

    Raises:
        InputError: There is no such batch.
    """
    counts: dict[tuple[str, str], QuarantineCount] = {}
    for batch in batches_of(landing, chosen):
        for item in items_of(batch, chosen, states=None, has_content=False):
            rule_id = chosen.rule_id or item.rule_ids[0]
            key = (batch.batch_id, rule_id)
            if key not in counts:
                counts[key] = QuarantineCount(
                    source_name=batch.source_name,
                    rule_id=rule_id,
                    batch_id=batch.batch_id,
                    input_name=item.input_name,
                    loaded_at=batch.loaded_at,
                )
            counts[key].add(item.state)
    return sorted(counts.values(), key=lambda each: (-each.open_count, each.source_name))
