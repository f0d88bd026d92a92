"""``tilth reference``: what the reference files have to hold, and whether a file does."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from pipelines.commands.output import (
    FINE,
    PARTLY,
    AsJson,
    counted,
    err,
    out,
    print_json,
    say,
)
from xapi_ingest.errors import InputError

if TYPE_CHECKING:
    from xapi_ingest.landing.contracts.contract import Contract
    from xapi_ingest.landing.contracts.examine import Examined

SHOWN_FAULTS = 50

app = typer.Typer(
    help="What Tilth has to be told besides statements: people, content, costs, KPIs and the like.",
    no_args_is_help=True,
)

TableName = Annotated[str, typer.Argument(metavar="TABLE", help="A name from `list`.")]


@app.command("list")
def list_tables(*, as_json: AsJson = False) -> None:
    """Name every reference table, what its rows are, and how many metrics read it."""
    from xapi_ingest.landing.contracts.registry import CONTRACTS  # noqa: PLC0415  (pyarrow)

    if as_json:
        print_json([_summary(each) for each in CONTRACTS.values()])
        return
    table = Table("table", "loads as", "metrics", "rows", header_style="bold")
    for each in CONTRACTS.values():
        table.add_row(each.table, str(each.load), str(len(each.metric_ids)), escape(each.rows))
    out().print(table)


@app.command()
def show(name: TableName, *, as_json: AsJson = False) -> None:
    """Print a table's columns with types, meaning and an example.

    Exit codes: 0 fine; 2 there is no such table.
    """
    contract = _contract(name)
    if as_json:
        print_json({**_summary(contract), "columns": _columns(contract)})
        return
    say(f"{contract.table}: {contract.rows}")
    say(f"Loads as a {contract.load}. Key: {', '.join(contract.key)}.")
    table = Table("column", "type", "", "meaning", "example", header_style="bold")
    for column in _columns(contract):
        values = f" One of {', '.join(column['values'])}." if column["values"] else ""
        need = "required" if column["is_required"] else "optional" if column["is_optional"] else ""
        cells = (column["name"], column["type"], need, column["meaning"] + values)
        table.add_row(*map(escape, cells), escape(column["example"]))
    out().print(table)


@app.command()
def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV file.")],
    *,
    table: Annotated[
        str | None, typer.Option(metavar="TABLE", help="Whose rows it holds. Default: its name.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Hold a file to its contract before it is sent. Nothing lands, nothing is kept.

    Exit codes: 0 it would land; 1 it would be refused; 2 it cannot be read, or no table has
    its name.
    """
    from xapi_ingest.landing.contracts.examine import examine  # noqa: PLC0415  (pyarrow)

    contract = _contract(table or file.name.removesuffix(".csv"))
    try:
        found = examine(file, contract)
    except InputError as error:
        raise InputError(f"{file.name} {error.message}", remedy=error.remedy) from error
    if as_json:
        print_json(_verdict(contract, found))
    else:
        _show(file, contract, found)
    raise typer.Exit(FINE if found.would_land else PARTLY)


@app.command()
def template(
    name: TableName,
    *,
    with_example: Annotated[bool, typer.Option("--example", help="With example rows.")] = False,
) -> None:
    """Print a file to begin from: the header, or the header with example rows.

    Exit codes: 0 fine; 2 there is no such table.
    """
    from xapi_ingest.landing.contracts.page import (  # noqa: PLC0415  (pyarrow)
        example_file,
        template_file,
    )

    contract = _contract(name)
    typer.echo(example_file(contract) if with_example else template_file(contract), nl=False)


def _contract(name: str) -> "Contract":
    from xapi_ingest.landing.contracts.registry import CONTRACTS  # noqa: PLC0415  (pyarrow)

    if name not in CONTRACTS:
        raise InputError(
            f"There is no reference table {name!r}.",
            remedy="`tilth reference list` names them; --table says whose rows a file holds.",
        )
    return CONTRACTS[name]


def _summary(contract: "Contract") -> dict[str, Any]:
    return {
        "table": contract.table,
        "rows": contract.rows,
        "load": str(contract.load),
        "key": contract.key,
        "metrics": sorted(contract.metric_ids),
    }


def _columns(contract: "Contract") -> list[dict[str, Any]]:
    return [
        {
            "name": each.name,
            "type": str(each.kind),
            "is_required": each.is_required,
            "is_optional": each.is_optional,
            "meaning": each.meaning,
            "values": each.values,
            "refers_to": each.refers_to,
            "example": next(filter(None, each.examples), ""),
        }
        for each in contract.columns
    ]


def _verdict(contract: "Contract", found: "Examined") -> dict[str, Any]:
    faults = [
        {
            "line": each.line,
            "column": each.column,
            "rule_id": each.rule_id,
            "message": each.message,
            "remedy": each.remedy,
        }
        for each in found.faults.listed
    ]
    return {
        "table": contract.table,
        "row_count": found.row_count,
        "would_land": found.would_land,
        "left_out": found.left_out,
        "fault_count": found.faults.count,
        "faults": faults,
    }


def _show(file: Path, contract: "Contract", found: "Examined") -> None:
    for each in found.faults.listed[:SHOWN_FAULTS]:
        out().print(f"[yellow]fault[/] {escape(each.sentence(file.name))}")
    if found.faults.count > SHOWN_FAULTS:
        say(f"and {found.faults.count - SHOWN_FAULTS:,} more; --json lists a thousand.")
    if found.left_out:
        err().print(f"Optional columns that it leaves out: {', '.join(found.left_out)}.")
    parts = [file.name, contract.table, counted(found.row_count, "row")]
    if found.faults.count:
        parts.append(f"{counted(found.faults.count, 'fault')}: it would be refused")
    else:
        parts.append("it would land" if found.row_count else "no rows: it would be refused")
    say(" · ".join(parts))
