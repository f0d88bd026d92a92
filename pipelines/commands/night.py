"""``tilth run``: the night, now."""

from typing import Annotated

import msgspec
import typer
from rich.markup import escape

from pipelines.commands.output import (
    FINE,
    PARTLY,
    AsJson,
    counted,
    err,
    print_json,
    progress_shown,
    say,
    seconds_text,
)
from pipelines.lib.clock import as_of_from_text
from pipelines.lib.history import Run
from xapi_ingest.settings import load_settings


def run(
    *,
    as_of: Annotated[
        str | None,
        typer.Option(
            metavar="DATE|INSTANT",
            help="Look at the data as of then: a date means the whole day (UTC). Default: now.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """The night: take the inbox, pull from the LRSs, check the landing, build, publish.

    A failing check publishes nothing: the last published build stands, and the check is named.

    Exit codes: 0 published; 1 a check failed, something was rejected, or an LRS failed;
    2 it cannot start, for instance because another night is running.
    """
    if as_of:
        as_of_from_text(as_of)
    settings = load_settings()
    with progress_shown(is_wanted=not as_json) as on_progress:
        from pipelines.lib.orchestrator import run_nightly  # noqa: PLC0415  (5 s of imports)

        done = run_nightly(settings, as_of, on_progress)
    if as_json:
        print_json(msgspec.to_builtins(done))
    else:
        for remark in done.remarks:
            err().print(escape(remark))
        for refusal in done.refusals:
            err().print(f"[yellow]refused[/] {escape(refusal)}")
        say(summary(done))
        for failure in done.failures:
            err().print(f"[red]failed[/] {escape(failure)}")
    raise typer.Exit(FINE if done.status == "published" and not done.refusals else PARTLY)


def summary(done: Run) -> str:
    """The night in one line."""
    parts = [
        f"{counted(done.statements_new, 'new statement')} of {done.statements_total:,}",
        f"checks: {done.checks_passed} passed, {done.checks_warned} warned, "
        f"{done.checks_failed} failed",
        counted(done.model_count, "model"),
        f"published {done.build_id}" if done.build_id else "NOT published, the last build stands",
        f"as of {done.as_of:%Y-%m-%d %H:%M} UTC",
        seconds_text(done.seconds or 0),
    ]
    if done.rejected_new:
        parts.insert(1, f"{done.rejected_new:,} rejected")
    return " · ".join(parts)
