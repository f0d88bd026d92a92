"""The written contract as a page, and as files to begin from: all from the declarations."""

import csv
import io
from collections.abc import Iterator
from typing import Final

from xapi_ingest.landing.contracts.contract import Column, Contract, Load
from xapi_ingest.landing.contracts.registry import CONTRACTS
from xapi_ingest.landing.contracts.values import FORMS

_LOADS: Final = {
    Load.SNAPSHOT: "a snapshot: the last file of each source is in force",
    Load.LOG: "a log: a file adds rows, and restates those whose key came before",
}


def page(made: str) -> str:
    """The written contract of every table, under the line ``made`` that says how it came about."""
    lines = [
        "# Reference files",
        made,
        "",
        "What Tilth has to be told besides statements. Each table is a CSV file of its name, in",
        "UTF-8, with a header; [how to send them](../howto/reference-files.md). A file that breaks",
        "its contract is refused whole, with every place that is wrong; what stood before stands.",
        "",
        "- *required*: never empty. *optional*: the column may be left out. Others have to be in",
        "  the header and may be empty. Their order is free; a column not named here is refused.",
        "- A *snapshot* is the whole of what a source knows; a *log* only adds.",
        "- `→ table.column`: it should name a row there. What is missing there is no reason to",
        "  refuse a file, because files come in any order.",
        "",
        "| type | how it is written |",
        "|---|---|",
        *(f"| {kind} | {form} |" for kind, form in FORMS.items()),
        "",
        "| table | one row | loads as | metrics that read it |",
        "|---|---|---|---|",
        *(_summary(each) for each in CONTRACTS.values()),
    ]
    for contract in CONTRACTS.values():
        lines += _section(contract)
    return "\n".join(lines) + "\n"


def _summary(contract: Contract) -> str:
    metrics = ", ".join(sorted(contract.metric_ids)) or "those for which a target is set"
    rows = contract.rows.removeprefix("One row per ").rstrip(".")
    return f"| [`{contract.table}`](#{contract.table}) | {rows} | {contract.load} | {metrics} |"


def _section(contract: Contract) -> Iterator[str]:
    key = ", ".join(f"`{name}`" for name in contract.key)
    yield from ("", f"## {contract.table}", "", contract.rows, "")
    yield f"Loads as {_LOADS[contract.load]}. Key: {key}."
    if contract.parent:
        yield f"`{contract.parent}` names a row of the same file; no row leads back to itself."
    for first, second in contract.ordered:
        yield f"`{first}` is not after `{second}`."
    yield from (f"Example: [{contract.table}.csv](examples/{contract.table}.csv).", "")
    yield "| column | type | required | meaning | example |"
    yield "|---|---|---|---|---|"
    yield from (_row(each) for each in contract.columns)


def _row(column: Column) -> str:
    required = "required" if column.is_required else "optional" if column.is_optional else ""
    example = next((f"`{cell}`" for cell in column.examples if cell), "")
    meaning = f"{column.meaning}{_limits(column)}"
    return f"| `{column.name}` | {column.kind} | {required} | {meaning} | {example} |"


def _limits(column: Column) -> str:
    text = ""
    if column.values:
        text += f" One of {', '.join(f'`{value}`' for value in column.values)}."
    if column.low is not None and column.high is not None:
        text += f" From {column.low:g} to {column.high:g}."
    elif column.low is not None:
        text += f" {column.low:g} or more."
    return text + (f" → `{column.refers_to}`" if column.refers_to else "")


def example_file(contract: Contract) -> str:
    """A small file that keeps the contract."""
    return _csv(contract, contract.examples())


def template_file(contract: Contract) -> str:
    """A file with the header alone."""
    return _csv(contract, iter(()))


def _csv(contract: Contract, rows: Iterator[tuple[str, ...]]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(contract.by_name)
    writer.writerows(rows)
    return file.getvalue()
