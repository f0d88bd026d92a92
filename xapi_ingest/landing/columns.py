"""Runs of statements to columns: the accepted as a record batch, the others as rejections.

Pure, so that it can run in any process: what names the batch comes in as plain values.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from typing import Any, Final

import msgspec
import pyarrow as pa

from xapi_ingest.landing.schema import REJECTED, STATEMENTS
from xapi_ingest.sources.items import Run
from xapi_ingest.statement.flatten import COLUMNS
from xapi_ingest.statement.parse import ParsedStatement, parse_statement
from xapi_ingest.statement.problems import Problem, rule_ids_of

_ENCODER: Final = msgspec.json.Encoder()
NOTHING: Final = pa.RecordBatch.from_arrays(
    [pa.nulls(0, field.type) for field in STATEMENTS], schema=STATEMENTS
)


@dataclass(frozen=True, slots=True)
class Origin:
    """What all rows of a batch have in common."""

    source_name: str
    batch_id: str
    input_name: str
    loaded_at: datetime


@dataclass(frozen=True, slots=True)
class Rejection:
    """One item that did not get in, with every reason.

    Attributes:
        raw: The bytes as received; None where they stand in ``overflow_name``.
        size: How many bytes were received.
        overflow_name: File under ``landing/overflow``, for what is too long for a row.
        row: The row of a mapped table that it is made of, where it can be mapped again.
    """

    position: int
    problems: list[Problem]
    raw: bytes | None
    size: int
    overflow_name: str | None = None
    row: bytes | None = None


@dataclass(frozen=True, slots=True)
class Divided:
    """A run, divided into what is accepted and what is not."""

    accepted: pa.RecordBatch
    rejected: list[Rejection]


def divided(run: Run, origin: Origin) -> Divided:
    """Parse every statement of ``run``."""
    accepted: list[tuple[int, bytes, ParsedStatement]] = []
    rejected: list[Rejection] = []
    for position, raw in enumerate(run.raws, run.first_position):
        parsed = parse_statement(raw, origin.source_name)
        if isinstance(parsed, ParsedStatement):
            accepted.append((position, raw, parsed))
        else:
            rejected.append(Rejection(position, parsed, raw, len(raw)))
    return Divided(_record_batch(accepted, origin), rejected)


def rejected_table(rejections: list[Rejection], origin: Origin) -> pa.Table:
    """Rows of the ``rejected`` table."""
    rows = [
        {
            "source_name": origin.source_name,
            "batch_id": origin.batch_id,
            "position": rejection.position,
            "loaded_at": origin.loaded_at,
            "input_name": origin.input_name,
            "rule_ids": rule_ids_of(rejection.problems),
            "first_rule_id": rejection.problems[0].rule_id,
            "problems_json": _ENCODER.encode(rejection.problems).decode(),
            "received_bytes": rejection.raw,
            "received_size": rejection.size,
            "overflow_name": rejection.overflow_name,
            "row_json": rejection.row.decode() if rejection.row is not None else None,
        }
        for rejection in rejections
    ]
    return pa.Table.from_pylist(rows, schema=REJECTED)


def _record_batch(
    accepted: list[tuple[int, bytes, ParsedStatement]], origin: Origin
) -> pa.RecordBatch:
    count = len(accepted)
    if not count:
        return NOTHING
    positions, raws, parsed = zip(*accepted, strict=True)
    ids, are_derived, fingerprints, have_time, rows = zip(*parsed, strict=True)
    values: dict[str, Any] = dict(zip(COLUMNS, zip(*rows, strict=True), strict=True))
    values |= {
        "statement_id": ids,
        "is_id_derived": are_derived,
        "fingerprint": fingerprints,
        "source_name": [origin.source_name] * count,
        "batch_id": [origin.batch_id] * count,
        "position": positions,
        "is_time_inferred": [not has_time for has_time in have_time],
        "occurred_at": [moment or origin.loaded_at for moment in values["occurred_at"]],
        "loaded_at": [origin.loaded_at] * count,
    }
    arrays = [
        _texts(raws) if field.name == "statement_json" else pa.array(values[field.name], field.type)
        for field in STATEMENTS
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=STATEMENTS)


def _texts(raws: Sequence[bytes]) -> pa.StringArray:
    """Bytes that were parsed as JSON, hence UTF-8: Arrow need not look, nor copy one by one."""
    ends = pa.array(accumulate(map(len, raws), initial=0), pa.int32())
    content = pa.py_buffer(b"".join(raws))
    return pa.StringArray.from_buffers(len(raws), ends.buffers()[1], content)
