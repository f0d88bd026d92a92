"""Rows that are one thing together become one row: exports that give a line an element.

Sorted in a temporary database on disk, so that neither their order in the file nor its size
matters.
"""

import sqlite3
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

import orjson

from xapi_ingest.mapping.model import Gather, MappingModel
from xapi_ingest.mapping.rows.row import Row, RowFault

MAX_GATHERED: Final = 100_000
_BATCH: Final = 5_000
_LEFT_OUT: Final = frozenset({"head", "others"})
_UNREADABLE: Final = RowFault(
    "encoding",
    "bytes that are no text in the file's encoding",
    "Export the file as UTF-8, or set encoding under input.",
)
_Kept = tuple[str, str, int, int | None, bytes]


def gather_rows(model: MappingModel, rows: Iterator[Row]) -> Iterator[Row]:
    """One row for all that agree in the columns ``by``; ``gathered`` holds theirs by name.

    The other columns are those of the first of them in the file. Rows that cannot be gathered come
    out as they are.
    """
    rule = model.input.gather
    if rule is None:
        yield from rows
        return
    connection = sqlite3.connect("")  # a file that the system removes
    try:
        connection.execute("create table kept (key text, name text, position, line, body)")
        yield from _kept(rule, rows, connection)
        order = "select * from kept order by key, position"
        for _, together in groupby(connection.execute(order), key=itemgetter(0)):
            yield _gathered(list(_bounded(together)))
    finally:
        connection.close()


def _kept(rule: Gather, rows: Iterator[Row], connection: sqlite3.Connection) -> Iterator[Row]:
    """Puts every row by; yields those that cannot be."""
    batch: list[_Kept] = []
    insert = "insert into kept values (?, ?, ?, ?, ?)"
    for row in rows:
        parts = [row.values.get(name) for name in (*rule.by, rule.name)]
        if row.fault is not None or None in parts:
            yield row if row.fault is not None else _unplaced(rule, row)
            continue
        key = "\x1f".join(str(part) for part in parts[:-1])
        values = {name: part for name, part in row.values.items() if name not in _LEFT_OUT}
        try:
            body = orjson.dumps(values, default=str, option=orjson.OPT_NON_STR_KEYS)
        except TypeError:  # what stands for bytes that are no text
            yield Row(row.position, row.line, {}, row.raw, _UNREADABLE)
            continue
        batch.append((key, str(parts[-1]), row.position, row.line, body))
        if len(batch) >= _BATCH:
            connection.executemany(insert, batch)
            batch = []
    connection.executemany(insert, batch)


def _bounded(together: Iterator[_Kept]) -> Iterator[_Kept]:
    for number, kept in enumerate(together):
        if number < MAX_GATHERED:
            yield kept


def _gathered(together: list[_Kept]) -> Row:
    _, _, position, line, body = together[0]
    values: dict[str, Any] = orjson.loads(body)
    found = {name: orjson.loads(part) for _, name, _, _, part in together}
    if len(together) == MAX_GATHERED:
        fault = RowFault(
            "row_shape",
            f"{MAX_GATHERED:,} rows or more agree in what gathers them",
            "Name more columns under gather: by.",
        )
        return Row(position, line, {}, values, fault)
    return Row(position, line, values | {"gathered": found}, found)


def _unplaced(rule: Gather, row: Row) -> Row:
    fault = RowFault(
        "row_shape",
        f"a row without {', '.join(rule.by)} or {rule.name}",
        "Each row has to say to what it belongs: look at the query or the export.",
    )
    return Row(row.position, row.line, {}, row.raw, fault)
