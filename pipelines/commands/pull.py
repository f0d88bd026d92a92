"""``tilth pull``: what the configured sources have stored since the last time, or by the day."""

from typing import TYPE_CHECKING, Annotated

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
from xapi_ingest.errors import InputError
from xapi_ingest.settings import Settings, load_settings

if TYPE_CHECKING:
    from pipelines.lib.pulling import Pulled, PullOne

DATE = "DATE|INSTANT"


def pull(
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SOURCE…]", help="Names from tilth.toml. Default: all of them."),
    ] = None,
    *,
    until: Annotated[
        str | None, typer.Option(metavar=DATE, help="Nothing that was stored later.")
    ] = None,
    backfill_from: Annotated[
        str | None,
        typer.Option(metavar=DATE, help="Fetch again from here; leaves the next pull as it is."),
    ] = None,
    backfill_to: Annotated[
        str | None, typer.Option(metavar=DATE, help="Fetch again up to here; a date includes it.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Pull from LRSs, databases and object storage what has come since the last pull.

    The sources stand in tilth.toml: docs/howto/pull-from-an-lrs.md, sql-tables.md,
    object-storage.md. A stop at any moment costs nothing, nothing is skipped and nothing counts
    twice. Dates are days in UTC; they are about LRSs alone.

    Exit codes: 0 all landed; 1 something was rejected, or a source failed; 2 no such source is
    configured, a setting or an instant cannot be used, or the landing cannot be written.
    """
    from pipelines.lib.pulling import chosen_sources, pull_each  # noqa: PLC0415  (pyarrow, httpx2)

    settings = load_settings()
    pull_one = _wanted(settings, until, backfill_from, backfill_to)
    chosen = chosen_sources(settings, sources or [])
    outcomes: list[Pulled] = []
    with progress_shown(is_wanted=not as_json) as show:
        for pulled in pull_each(chosen, pull_one, show):
            outcomes.append(pulled)
            if not as_json:
                _show(pulled)
    if as_json:
        print_json({"sources": [pulled.to_dict() for pulled in outcomes]})
    raise typer.Exit(PARTLY if any(pulled.refusals for pulled in outcomes) else FINE)


def _wanted(
    settings: Settings, until: str | None, backfill_from: str | None, backfill_to: str | None
) -> "PullOne":
    from pipelines.lib.pulling import backfilling, instant_from_text, pulling  # noqa: PLC0415

    if backfill_from is None and backfill_to is None:
        return pulling(settings, instant_from_text(until, is_end=True) if until else None)
    if until or not backfill_from or not backfill_to:
        raise InputError(
            "A backfill goes from an instant to another.",
            remedy="Give both --backfill-from and --backfill-to, and no --until.",
        )
    start = instant_from_text(backfill_from, is_end=False)
    end = instant_from_text(backfill_to, is_end=True)
    if start >= end:
        raise InputError(
            f"A backfill from {backfill_from} to {backfill_to} holds no time.",
            remedy="Give a start before the end.",
        )
    return backfilling(settings, start, end)


def _show(pulled: "Pulled") -> None:
    report = pulled.report
    for remark in report.remarks:
        err().print(f"{escape(report.source_name)}: {escape(remark)}")
    for refusal in pulled.refusals:
        err().print(f"[yellow]refused[/] {escape(refusal)}")
    parts = [
        report.source_name,
        f"{report.read_count:,} read",
        f"{report.accepted_count:,} accepted",
        f"{report.rejected_count:,} rejected",
        counted(report.page_count, report.unit),
        f"{report.already_landed_count:,} had landed before",
    ]
    if pulled.failure:
        parts.append("ended early; the next pull goes on from there")
    elif report.pulled_until:
        parts.append(f"complete up to {report.pulled_until:%Y-%m-%d %H:%M} UTC")
    say(" · ".join([*parts, seconds_text(report.seconds)]))
