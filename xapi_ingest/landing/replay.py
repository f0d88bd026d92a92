"""Replay: what is in quarantine, held to the rules, limits and mappings of now; what passes lands.

Each rejected batch gives a batch of its own, in which its statements, the note that its items are
settled, and the commit mark become valid together. So an item lands once: a second replay, one at
the same time, or one after a kill finds it settled, or nothing of the attempt.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import Any, Final

import pyarrow as pa

from xapi_ingest.landing.batches import Batch, Counts, commit
from xapi_ingest.landing.columns import Divided, Origin, divided
from xapi_ingest.landing.mapped import mapping_mark
from xapi_ingest.landing.quarantine import OPEN, REPLAYED, Chosen, Item, Rejected, items_of
from xapi_ingest.landing.remaking import Remaker, StaysError
from xapi_ingest.landing.resolutions import (
    Decision,
    each_locked,
    landing_writable,
    resolution_rows,
    settling_batch,
)
from xapi_ingest.landing.schema import STATEMENTS
from xapi_ingest.landing.span import Span
from xapi_ingest.landing.writer import writing
from xapi_ingest.mapping.load import Mapping
from xapi_ingest.settings import Settings
from xapi_ingest.sources.items import Run

OnProgress = Callable[[int], None]
_CHUNK_ITEMS: Final = 1_000
_CHUNK_BYTES: Final = 16 * 1024 * 1024
_LOADED_AT: Final = STATEMENTS.get_field_index("loaded_at")


@dataclass(slots=True)
class ReplayReport:
    """What a replay did.

    Attributes:
        item_count: Open items that were looked at.
        replayed_count: Of those, the ones that passed.
        statement_count: Statements that they became.
        batch_count: Batches that landed.
        staying: The others, by the rule that objects first or the sentence that says why.
    """

    item_count: int = 0
    replayed_count: int = 0
    statement_count: int = 0
    batch_count: int = 0
    staying: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    @property
    def exit_code(self) -> int:
        """1 if anything stays in quarantine, else 0."""
        return 1 if self.staying else 0

    def to_dict(self) -> dict[str, Any]:
        """The report as plain values, for JSON."""
        return {
            "item_count": self.item_count,
            "replayed_count": self.replayed_count,
            "statement_count": self.statement_count,
            "batch_count": self.batch_count,
            "staying": dict(self.staying.most_common()),
            "seconds": round(self.seconds, 3),
        }


def replay(
    chosen: Chosen,
    decision: Decision,
    *,
    settings: Settings,
    mapping: Mapping | None = None,
    on_progress: OnProgress | None = None,
) -> ReplayReport:
    """Land what passes now of the open items of ``chosen``, each once.

    Args:
        chosen: Which items.
        decision: Why, and who asks; kept with each item that passes.
        settings: Where the landing is, and the limits.
        mapping: For rows of mapped tables, instead of that of the inbox or the one that ships.
        on_progress: Told how many items were looked at.

    Raises:
        InputError: No such batch.
        LandingError: The landing cannot be written.
    """
    began = perf_counter()
    task = _Task(Remaker(settings, mapping), decision, on_progress or _nobody)
    with landing_writable():
        for rejected in each_locked(chosen, settings):
            items = items_of(rejected, chosen, states=frozenset({OPEN}), has_content=True)
            _replay_batch(rejected, items, task)
    task.report.seconds = perf_counter() - began
    return task.report


@dataclass(frozen=True, slots=True)
class _Task:
    """What all batches of one replay have in common."""

    remaker: Remaker
    decision: Decision
    on_progress: OnProgress
    report: ReplayReport = field(default_factory=ReplayReport)


@dataclass(slots=True)
class _Passed:
    """What has passed of one rejected batch so far."""

    batch: Batch
    rejected: Rejected
    span: Span = field(default_factory=Span)
    rows: list[dict[str, Any]] = field(default_factory=list)
    statement_count: int = 0
    position: int = 1
    mapping: tuple[str, str] | None = None


def _nobody(_: int) -> None:
    """Nobody asks for progress."""


def _replay_batch(rejected: Rejected, items: Iterator[Item], task: _Task) -> None:
    began = perf_counter()
    settings, report = task.remaker.settings, task.report
    batch = settling_batch(rejected, "statements", settings)
    passed = _Passed(batch, rejected)
    with writing(settings.landing, batch, batch_rows=settings.batch_rows) as writer:
        for chunk in _chunks(items):
            report.item_count += len(chunk)
            writer.add_accepted(_passing(chunk, passed, task))
            task.on_progress(report.item_count)
        if not passed.rows:
            return
        rows = resolution_rows(
            rejected, batch, passed.rows, action=REPLAYED, decision=task.decision
        )
        writer.add_resolutions(rows)
    counts = Counts(
        accepted=passed.statement_count,
        rejected=0,
        seconds=perf_counter() - began,
        first_occurred_at=passed.span.first,
        last_occurred_at=passed.span.last,
        replayed=len(passed.rows),
    )
    commit(settings.landing, replace(batch, mapping=passed.mapping), counts)
    report.batch_count += 1
    report.replayed_count += len(passed.rows)
    report.statement_count += passed.statement_count


def _chunks(items: Iterator[Item]) -> Iterator[list[Item]]:
    """The items in lists that fit into memory."""
    chunk: list[Item] = []
    size = 0
    for item in items:
        chunk.append(item)
        size += item.received_size
        if len(chunk) >= _CHUNK_ITEMS or size >= _CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _passing(chunk: list[Item], passed: _Passed, task: _Task) -> pa.RecordBatch:
    """Statements of what passes. An item passes with all of its statements or not at all."""
    staying = task.report.staying
    made: list[tuple[Item, range]] = []  # with the positions of its statements
    raws: list[bytes] = []
    for item in chunk:
        try:
            statements = task.remaker.statements(item)
        except StaysError as stays:
            staying[stays.why] += 1
            continue
        first = passed.position + len(raws)
        raws += statements
        made.append((item, range(first, first + len(statements))))
    found = divided(Run(passed.position, raws), _origin(passed))
    passed.position += len(raws)
    objections = {one.position: one.problems[0].rule_id for one in found.rejected}
    kept: set[int] = set()
    for item, positions in made:
        objecting = next((objections[at] for at in positions if at in objections), None)
        if objecting is not None:
            staying[objecting] += 1
            continue
        kept.update(positions)
        mapping = task.remaker.mapping_of(item)
        if mapping is not None and passed.mapping is None:
            passed.mapping = mapping_mark(mapping)
        row = {"rejected_position": item.position, "statement_count": len(positions)}
        passed.rows.append(row | {"first_position": positions[0] if positions else None})
    rows = _landing_now(found, kept, passed.batch)
    passed.statement_count += rows.num_rows
    passed.span.add(rows)
    return rows


def _origin(passed: _Passed) -> Origin:
    """Statements without a time happened, as far as is known, when they were first received."""
    batch = passed.batch
    return Origin(batch.source_name, batch.batch_id, batch.input_name, passed.rejected.loaded_at)


def _landing_now(found: Divided, kept: set[int], batch: Batch) -> pa.RecordBatch:
    """The rows at the positions ``kept``, loaded with ``batch``."""
    rows = found.accepted
    mask = pa.array([at in kept for at in rows["position"].to_pylist()], pa.bool_())
    rows = rows.filter(mask)
    loaded_at = pa.array([batch.loaded_at] * rows.num_rows, STATEMENTS.field(_LOADED_AT).type)
    return rows.set_column(_LOADED_AT, STATEMENTS.field(_LOADED_AT), loaded_at)
