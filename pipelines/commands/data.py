"""Commands that bring data in or read it out: ``ingest``, ``simulate``, ``sql``."""

import csv
import sys
from typing import Annotated

import duckdb
import typer
from rich.markup import escape
from rich.table import Table

from pipelines.commands.output import (
    UNUSABLE,
    err,
    out,
    print_json,
)
from pipelines.lib.published import open_published
from xapi_ingest.settings import load_settings

SHOWN_ROWS = 500
"""Most rows that a table on the terminal shows; ``--csv`` and ``--json`` give all."""


def sql(
    query: Annotated[str, typer.Argument(help="One select over the published file.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="A JSON array of objects.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV with a header.")] = False,
) -> None:
    """Ask the published file in SQL. It can be read and nothing else.

    Schemas: metrics, reports, ops, and the dimensions of marts that hold no person.
    docs/data_dictionary.md lists every column. Example:

        tilth sql "select source_name, read_count from ops.reconciliation"

    Exit codes: 0 fine; 2 the query is wrong, or nothing has been published.
    """
    with open_published(load_settings()) as connection:
        try:
            cursor = connection.execute(query)
            names = [column[0] for column in cursor.description or []]
            if as_csv:
                _write_csv(cursor, names)
            elif as_json:
                print_json([dict(zip(names, row, strict=True)) for row in cursor.fetchall()])
            else:
                _print_table(cursor, names)
        except duckdb.Error as error:
            err().print(f"[bold red]Error[/] {escape(str(error))}")
            raise typer.Exit(UNUSABLE) from None


def _write_csv(cursor: duckdb.DuckDBPyConnection, names: list[str]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(names)
    while rows := cursor.fetchmany(10_000):
        writer.writerows(rows)


def _print_table(cursor: duckdb.DuckDBPyConnection, names: list[str]) -> None:
    table = Table(*(escape(name) for name in names), header_style="bold")
    rows = cursor.fetchmany(SHOWN_ROWS + 1)
    for row in rows[:SHOWN_ROWS]:
        table.add_row(*("" if value is None else escape(str(value)) for value in row))
    out().print(table)
    if len(rows) > SHOWN_ROWS:
        err().print(f"The first {SHOWN_ROWS} rows; --csv or --json give all.")


def ingest() -> None:
    """X."""


def simulate() -> None:
    """X."""
