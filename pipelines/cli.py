"""The ``tilth`` command: names and help of every subcommand, and what an error looks like.

Dagster, dbt and the rest are imported when a command needs them, so that ``--help`` is quick.
"""

import sys
from typing import Annotated

import typer
from rich.markup import escape

from pipelines.commands import (
    data,
    ledger,
    machine,
    mapping,
    night,
    pull,
    quarantine,
    reference,
    serve,
    simulate,
    validate,
)
from pipelines.commands.output import PARTLY, UNUSABLE, err, say
from pipelines.lib.clock import tilth_version
from xapi_ingest.errors import TilthError

INTERRUPTED = 130

app = typer.Typer(
    name="tilth",
    help="A learning-record warehouse: statements in, the condition of the learning ecosystem out.",
    epilog="Exit codes: 0 all well · 1 something was rejected or failed · "
    "2 wrong usage, or it cannot start. Settings: tilth.toml and TILTH_* (docs/settings.md).",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
app.command("ingest")(data.ingest)
app.command("map")(mapping.try_mapping)
app.command("validate")(validate.validate)
app.add_typer(reference.app, name="reference")
app.command("pull")(pull.pull)
app.command("ledger")(ledger.ledger)
app.add_typer(quarantine.app, name="quarantine")
app.command("run")(night.run)
app.command("status")(machine.status)
app.command("sql")(data.sql)
app.command("dashboards")(serve.dashboards)
app.command("dev")(serve.dev)
app.command("doctor")(machine.doctor)
app.command("simulate")(simulate.simulate)


def _print_version(is_wanted: bool) -> None:  # noqa: FBT001  (the library calls it so)
    if is_wanted:
        say(f"tilth {tilth_version()}")
        raise typer.Exit


@app.callback()
def root(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Take the options that stand before the command."""
    del version


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; a ``TilthError`` ends it with a sentence and exit code 1 or 2."""
    try:
        app(args=arguments)
    except TilthError as error:
        err().print(f"[bold red]Error[/] {escape(error.message)}")
        if error.remedy:
            err().print(f"[bold]Remedy[/] {escape(error.remedy)}")
        sys.exit(UNUSABLE)
    except BrokenPipeError:  # `tilth sql … | head`
        sys.stderr.close()
        sys.exit(PARTLY)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
