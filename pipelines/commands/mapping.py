"""``tilth map``: what a mapping makes of a table, before anything lands."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import orjson
import typer
from rich.markup import escape

from pipelines.commands.output import FINE, PARTLY, AsJson, counted, err, print_json, say

if TYPE_CHECKING:
    from xapi_ingest.mapping.problems import RowProblem
    from xapi_ingest.mapping.run import DryRun


def try_mapping(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME|FILE", help="A mapping that ships, or a YAML file."),
    ] = None,
    path: Annotated[Path | None, typer.Argument(help="The table.", metavar="PATH")] = None,
    *,
    shows_list: Annotated[
        bool, typer.Option("--list", help="The mappings that ship, and what each was checked with.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Try a mapping on a table: its first ten statements, and what failed. Nothing is written.

    `tilth ingest --mapping` lands the whole. docs/howto/mapping.md says how to write one.

    Exit codes: 0 every row read became what the mapping says; 1 rows could not be mapped;
    2 there is no such mapping, it cannot be used, or the table is not what it reads.
    """
    if shows_list:
        _show_shipped(as_json=as_json)
        return
    if name is None or path is None:
        raise typer.BadParameter("Give a mapping and a table, or --list.")
    from xapi_ingest.mapping.load import find_mapping  # noqa: PLC0415  (Jinja and pydantic)
    from xapi_ingest.mapping.run import dry_run  # noqa: PLC0415

    found = dry_run(find_mapping(name), path)
    if as_json:
        print_json(msgspec.to_builtins(found))
    else:
        _show(found)
    raise typer.Exit(PARTLY if found.problems else FINE)


def _show_shipped(*, as_json: bool) -> None:
    from xapi_ingest.mapping.load import find_mapping, shipped_names  # noqa: PLC0415

    mappings = [find_mapping(name) for name in shipped_names()]
    if as_json:
        fields = ("name", "title", "source_name", "checked_against")
        print_json([{field: getattr(each, field) for field in fields} for each in mappings])
        return
    for each in mappings:
        say(f"{each.name} (source {each.source_name}): {each.title}")
        say(f"    checked against: {' '.join(each.checked_against.split())}")


def _show(found: "DryRun") -> None:
    for made in found.statements:
        say(f"row {made.position}: {orjson.dumps(made.statement).decode()}")
    for problem in found.problems:
        err().print(f"[yellow]refused[/] {escape(_sentence(problem))}")
    parts = [
        f"{counted(found.read_count, 'row')} read",
        counted(len(found.statements), "statement"),
        f"{counted(found.failed_count, 'row')} refused",
        *(f"{count:,} left out: {reason}" for reason, count in found.skipped.items()),
        "the whole file" if found.is_whole_file else "the beginning of the file",
    ]
    say(" · ".join(parts))


def _sentence(problem: "RowProblem") -> str:
    line = f" (line {problem.line})" if problem.line is not None else ""
    column = f", {problem.column}" if problem.column else ""
    place = f" ({problem.clause})" if problem.clause else ""
    return (
        f"{problem.input_name}, row {problem.position}{line}{column}: {problem.message}. "
        f"{problem.rule_id}{place}: {problem.remedy}"
    )
