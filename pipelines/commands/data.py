"""Commands that bring data in or read it out: ``ingest``, ``sql``."""

import csv
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import duckdb
import typer
from rich.markup import escape
from rich.table import Table

from pipelines.commands.output import (
    UNUSABLE,
    AsJson,
    counted,
    err,
    out,
    print_json,
    progress_shown,
    say,
    seconds_text,
)
from pipelines.lib.published import open_published
from xapi_ingest.settings import load_settings

if TYPE_CHECKING:
    from xapi_ingest.landing.report import IngestReport
    from xapi_ingest.mapping.load import Mapping

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
    table = Table(header_style="bold")
    for name in names:
        table.add_column(escape(name), overflow="fold")  # never cut: it may be read by eye alone
    rows = cursor.fetchmany(SHOWN_ROWS + 1)
    for row in rows[:SHOWN_ROWS]:
        table.add_row(*("" if value is None else escape(str(value)) for value in row))
    out().print(table)
    if len(rows) > SHOWN_ROWS:
        err().print(f"The first {SHOWN_ROWS} rows; --csv or --json give all.")


def ingest(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH…",
            help='Files or folders: .json (an array, or {"statements": […]}), .ndjson, .jsonl, '
            ".parquet, each also .gz or .zst; .zip of them; reference tables such as "
            "employees.csv (`tilth reference list`); any table with --mapping.",
        ),
    ],
    *,
    source: Annotated[
        str | None,
        typer.Option(
            help="Name of the system that they come from. Default: the mapping's, else "
            "TILTH_DEFAULT_SOURCE."
        ),
    ] = None,
    mapping: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|FILE",
            help="Make statements of tables with this mapping; `tilth map --list` names those "
            "that ship. In folders it takes the files of its format.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Bring statements and reference files into the landing.

    What is refused is named with file, position, rule and remedy, and kept; the rest lands.
    The same bytes from the same source change nothing the second time.

    Exit codes: 0 everything landed or had landed before; 1 something was rejected or could not
    be read; 2 the landing cannot be written, or the source name or the mapping cannot be used.
    """
    # pyarrow and msgspec take their time, and --help need not wait for them
    from xapi_ingest.landing.ingest import ingest_paths  # noqa: PLC0415

    settings = load_settings()
    found = _mapping_called(mapping) if mapping else None
    with progress_shown(is_wanted=not as_json) as show:

        def on_progress(done: int, total: int, name: str) -> None:
            show(name, done, total)

        report = ingest_paths(
            paths, settings=settings, source=source, mapping=found, on_progress=on_progress
        )
    if as_json:
        print_json(report.to_dict())
    else:
        for problem in report.problems:
            err().print(f"[yellow]refused[/] {escape(problem)}")
        for remark in report.remarks:
            err().print(escape(remark))
        say(_ingest_summary(report))
    raise typer.Exit(report.exit_code)


def _mapping_called(name: str) -> "Mapping":
    from xapi_ingest.mapping.load import find_mapping  # noqa: PLC0415  (Jinja and pydantic)

    return find_mapping(name)


def _ingest_summary(report: "IngestReport") -> str:
    parts = [
        f"{report.read_count:,} read",
        f"{report.accepted_count:,} accepted",
        f"{report.rejected_count:,} rejected",
        f"{counted(report.landed_count, 'file')} landed",
        f"{report.already_landed_count:,} had landed before",
        seconds_text(report.seconds),
    ]
    if report.left_out_count:
        parts.insert(3, f"{counted(report.left_out_count, 'row')} left out by the mapping")
    if report.skipped:
        parts.insert(-1, f"{counted(len(report.skipped), 'file')} of no known kind skipped")
    return " · ".join(parts)
