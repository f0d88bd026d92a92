"""Settling items of the quarantine: discarded with a reason, or taken back. Nothing is deleted.

A batch of resolutions belongs to one rejected batch and has the number of its turn in its id: an
attempt that was killed is cleared by the next, whatever that settles. Whoever settles holds the
lock of the source, so that no item is settled twice.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import pyarrow as pa

from xapi_ingest.errors import InputError, LandingError
from xapi_ingest.landing.batches import (
    Batch,
    Counts,
    batch_id_from,
    commit,
    locked,
    present_instant,
    remove_leftovers,
)
from xapi_ingest.landing.files import write_parquet_atomically
from xapi_ingest.landing.ingest import prepare_landing
from xapi_ingest.landing.quarantine import (
    DISCARDED,
    OPEN,
    RESTORED,
    Chosen,
    Rejected,
    items_of,
    rejected_batches,
)
from xapi_ingest.landing.schema import RESOLUTIONS
from xapi_ingest.settings import Settings
from xapi_ingest.sources.stream import open_hash
from xapi_ingest.statement.rules import RULES_VERSION


@dataclass(frozen=True, slots=True)
class Decision:
    """Why something is settled, and who says so."""

    reason: str
    resolved_by: str


@dataclass(slots=True)
class SettlingReport:
    """How many items were settled, of which source, and how long it took."""

    action: str
    item_count: int = 0
    by_source: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """The report as plain values, for JSON."""
        return {
            "action": self.action,
            "item_count": self.item_count,
            "by_source": self.by_source,
            "seconds": round(self.seconds, 3),
        }


def discard(
    chosen: Chosen, decision: Decision, *, settings: Settings, is_undo: bool = False
) -> SettlingReport:
    """Call the open items of ``chosen`` settled, or with ``is_undo`` its discarded ones open.

    Raises:
        InputError: There is no reason, or no such batch.
        LandingError: The landing cannot be written.
    """
    if not decision.reason.strip():
        raise InputError(
            "To discard takes a reason.", remedy="Say with --reason why it need not be mended."
        )
    began = perf_counter()
    action, state = (RESTORED, DISCARDED) if is_undo else (DISCARDED, OPEN)
    report = SettlingReport(action)
    with landing_writable():
        for rejected in each_locked(chosen, settings):
            items = items_of(rejected, chosen, states=frozenset({state}), has_content=False)
            positions = [item.position for item in items]
            if not positions:
                continue
            batch = settling_batch(rejected, "resolutions", settings)
            rows = [{"rejected_position": position} for position in positions]
            table = resolution_rows(rejected, batch, rows, action=action, decision=decision)
            write_parquet_atomically(table, batch.path(settings.landing, "resolutions"))
            commit(settings.landing, batch, Counts(len(positions), 0, perf_counter() - began))
            report.item_count += len(positions)
            so_far = report.by_source.get(rejected.source_name, 0)
            report.by_source[rejected.source_name] = so_far + len(positions)
    report.seconds = perf_counter() - began
    return report


def each_locked(chosen: Chosen, settings: Settings) -> Iterator[Rejected]:
    """Every rejected batch that ``chosen`` means, each while the lock of its source is held.

    Raises:
        InputError: No such batch.
        LandingError: The landing cannot be written.
    """
    prepare_landing(settings)
    sources = {batch.source_name for batch in rejected_batches(settings.landing, chosen)}
    for source_name in sorted(sources):
        narrowed = Chosen(source_name, chosen.rule_id, chosen.batch_id, chosen.position)
        with locked(settings.state, f"{source_name}-quarantine"):
            # Read anew: another may have settled some before the lock was ours.
            yield from rejected_batches(settings.landing, narrowed)


@contextmanager
def landing_writable() -> Iterator[None]:
    """Say of a landing that cannot be written what to do.

    Raises:
        LandingError: It cannot.
    """
    try:
        yield
    except OSError as error:
        raise LandingError(
            f"The quarantine cannot be settled: {error.strerror or error}.",
            remedy="Check space and rights of the data folder, then give the command again.",
        ) from error


def settling_batch(rejected: Rejected, table_name: str, settings: Settings) -> Batch:
    """The next batch that settles items of ``rejected``; what a killed attempt left is gone."""
    hashed = open_hash()
    hashed.update(f"quarantine\n{rejected.batch_id}\n{rejected.settlings + 1}".encode())
    batch_id = batch_id_from(rejected.source_name, hashed.digest())
    remove_leftovers(settings.landing, rejected.source_name, batch_id)
    name = f"quarantine of {rejected.batch_id}"
    return Batch(batch_id, table_name, rejected.source_name, name, 0, present_instant())


def resolution_rows(
    rejected: Rejected,
    batch: Batch,
    rows: list[dict[str, Any]],
    *,
    action: str,
    decision: Decision,
) -> pa.Table:
    """Rows of ``resolutions``; ``rows`` holds what differs from one to the other."""
    shared = {
        "source_name": rejected.source_name,
        "batch_id": batch.batch_id,
        "loaded_at": batch.loaded_at,
        "rejected_batch_id": rejected.batch_id,
        "sequence": rejected.settlings + 1,
        "action": action,
        "reason": decision.reason.strip(),
        "resolved_by": decision.resolved_by,
        "statement_count": 0,
        "rules_version": RULES_VERSION,
    }
    return pa.Table.from_pylist([shared | row for row in rows], schema=RESOLUTIONS)
