"""A row in the form in which it is kept while it is put aside, and back, to be mapped again.

Of a table of cells the lines above belong to it: a later mapping may look for other columns. A row
with bytes that are no text cannot be had back truly, so there is no such form of it.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import orjson

from xapi_ingest.mapping.model import MappingModel
from xapi_ingest.mapping.rows.row import Row, row_from_record
from xapi_ingest.mapping.rows.table import Line, header_in, rows_of_table

LONGEST_INTEGER: Final = 63  # bits, beside the sign
# What cells of workbooks hold beside texts and numbers, and how it is written.
_WRITTEN: Final[dict[type, Callable[[Any], Any]]] = {
    datetime: datetime.isoformat,
    date: date.isoformat,
    time: time.isoformat,
    timedelta: timedelta.total_seconds,
}
_READ: Final[dict[str, Callable[[Any], Any]]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "timedelta": lambda seconds: timedelta(seconds=seconds),
}


def kept_row(mapping_name: str, row: Row) -> bytes | None:
    """``row`` as JSON from which ``row_from_kept`` makes it again; None where that cannot be."""
    if row.fault is not None:
        return None
    kept = {"mapping": mapping_name, "position": row.position, "line": row.line}
    try:
        if row.above is None:
            return orjson.dumps(kept | {"record": row.raw})
        cells = [_cell(cell) for cell in row.raw]
        above = [[_cell(cell) for cell in line] for line in row.above]
        return orjson.dumps(kept | {"above": above, "cells": cells})
    except (TypeError, orjson.JSONEncodeError):
        return None  # no text, or a number out of all bounds


def mapping_name_of(kept: bytes | str) -> str:
    """Name of the mapping that ``kept_row`` was called with."""
    return str(orjson.loads(kept)["mapping"])


def row_from_kept(model: MappingModel, kept: bytes | str) -> Row | None:
    """The row as ``model`` reads it; None if its columns are not there."""
    found = orjson.loads(kept)
    if "record" in found:
        return row_from_record(model, found["position"], found["line"], found["record"])
    lines = _lines(found)
    header = header_in(model, lines)
    row = next(rows_of_table(model, header, lines), None) if header is not None else None
    return row and row._replace(position=found["position"], line=found["line"])


def writable(value: Any) -> Any:
    """``value`` with what is no text in any encoding written out."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(value, list | tuple):
        return [writable(part) for part in value]
    if isinstance(value, dict):
        return {writable(str(key)): writable(part) for key, part in value.items()}
    if isinstance(value, int) and value.bit_length() > LONGEST_INTEGER:
        return str(value)
    return value


def _cell(cell: Any) -> Any:
    write = _WRITTEN.get(type(cell))
    return cell if write is None else {type(cell).__name__: write(cell)}


def _lines(found: dict[str, Any]) -> Iterator[Line]:
    for number, cells in enumerate([*found["above"], found["cells"]], 1):
        yield Line(number, [_read(cell) for cell in cells])


def _read(cell: Any) -> Any:
    if isinstance(cell, dict):
        [(kind, value)] = cell.items()
        return _READ[kind](value)
    return cell
