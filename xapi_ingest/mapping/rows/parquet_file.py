"""Parquet: one row a row, columns by their names, structs by paths with points."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any, BinaryIO, Final

import pyarrow as pa
import pyarrow.parquet as pq

from xapi_ingest.errors import InputError
from xapi_ingest.mapping.model import MappingModel
from xapi_ingest.mapping.rows.row import Row, RowFault, row_from_record

_BATCH_ROWS: Final = 1_000


def read_parquet(model: MappingModel, stream: BinaryIO, name: str) -> Iterator[Row]:
    """Rows of a Parquet file, batch by batch.

    Raises:
        InputError: It is none, or lacks a column that has to be there.
    """
    position = 0
    try:
        with pq.ParquetFile(stream) as file:
            _check_columns(model, file.schema_arrow.names, name)
            for batch in file.iter_batches(batch_size=_BATCH_ROWS):
                for record in batch.to_pylist():
                    position += 1
                    plain = {key: _plain(value) for key, value in record.items()}
                    yield row_from_record(model, position, None, plain)
    except (pa.ArrowException, OSError) as error:
        if not position:
            raise InputError(
                f"{name} is no Parquet file that can be read ({type(error).__name__}).",
                remedy="Write it again.",
            ) from error
        fault = RowFault("document", "the file is damaged from here on", "Fetch the file again.")
        yield Row(position + 1, None, {}, None, fault)


def _check_columns(model: MappingModel, names: list[str], name: str) -> None:
    tops = set(names)
    for column in model.columns.values():
        known = [header for header in column.headers if header in tops or _top(header) in tops]
        if not known and not column.optional:
            raise InputError(
                f"{name} has no column {' or '.join(column.headers)}.",
                remedy=f"It has {', '.join(names)}; say under columns what it is called there.",
            )


def _top(header: str) -> str:
    return header.partition(".")[0]


def _plain(value: Any) -> Any:
    """A value as JSON would give it: instants and dates as text, decimals as numbers."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return value
