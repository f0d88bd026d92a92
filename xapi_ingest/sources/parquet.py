"""Statements in a column of a Parquet file, such as the landing's own ``statement_json``."""

from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from xapi_ingest.errors import InputError
from xapi_ingest.sources.items import Item, Overlong, Remainder, Run
from xapi_ingest.sources.pending import Pending, Spilled

COLUMNS: Final = ("statement_json", "statement")
"""Where statements are looked for; the first that is there."""

_BATCH_ROWS: Final = 1_000


def read_parquet_items(stream: Any, pending: Pending) -> Iterator[Item]:
    """Each row's statement, in order.

    Args:
        stream: The file, open and seekable.
        pending: Puts aside what is too long.

    Raises:
        InputError: It is no Parquet, or has no column of statements.
    """
    position = 1
    try:
        with pq.ParquetFile(stream) as file:
            column = _column(file.schema_arrow)
            for batch in file.iter_batches(batch_size=_BATCH_ROWS, columns=[column]):
                for item in _items(batch.column(0), position, pending):
                    yield item
                    position += len(item.raws) if isinstance(item, Run) else 1
    except (pa.ArrowException, OSError) as error:
        if position == 1:
            raise InputError(
                f"is no Parquet file that can be read ({type(error).__name__}).",
                remedy="Write it again.",
            ) from error
        yield Remainder(position, b"", "the Parquet data is damaged from here on")


def _column(schema: pa.Schema) -> str:
    for name in COLUMNS:
        if name in schema.names:
            kind = schema.field(name).type
            if pa.types.is_string(kind) or pa.types.is_large_string(kind):
                return name
            if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
                return name
            raise InputError(
                f"has a column {name} of type {kind}, which holds no JSON text.",
                remedy="Write each statement into it as JSON text.",
            )
    raise InputError(
        f"has no column {' or '.join(COLUMNS)}: it holds rows, not statements.",
        remedy="Land it with a mapping of the format parquet: docs/howto/mapping.md.",
    )


def _items(values: pa.Array, position: int, pending: Pending) -> Iterator[Item]:
    raws: list[bytes] = []
    for value in values.to_pylist():
        raw = value.encode() if isinstance(value, str) else value or b""
        pending.add(raw)
        item = pending.take()
        if isinstance(item, Spilled):
            if raws:
                yield Run(position, raws)
            position, raws = position + len(raws) + 1, []
            yield Overlong(position - 1, item.path, item.size)
        else:
            raws.append(item)
    if raws:
        yield Run(position, raws)
