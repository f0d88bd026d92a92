"""Commands that say how things are: ``status``, ``doctor``."""

import msgspec
import typer
from rich.markup import escape
from rich.table import Table

from pipelines.commands.output import (
    FINE,
    PARTLY,
    AsJson,
    counted,
    out,
    print_json,
    say,
    seconds_text,
)
from pipelines.lib.doctor import examine
from pipelines.lib.status import Source, Status, status_of
from xapi_ingest.settings import load_settings

COLOURS = {"fine": "green", "warning": "yellow", "problem": "red"}


def status(*, as_json: AsJson = False) -> None:
    """Sources, the last night, the published build, what was rejected.

    Exit codes: 0 fine; 1 the last night failed, or what is published is out of date.
    """
    now = status_of(load_settings())
    if as_json:
        print_json(msgspec.to_builtins(now))
    else:
        _print_sources(now)
        say(_run_line(now))
        say(_published_line(now))
    failed = now.last_run is not None and now.last_run.status in {"failed", "interrupted"}
    is_out_of_date = now.published is not None and now.is_stale
    raise typer.Exit(PARTLY if failed or is_out_of_date else FINE)


def _print_sources(now: Status) -> None:
    if not now.sources:
        say(f"Nothing has been ingested into {now.home} yet. `tilth ingest PATH…` brings data in.")
        return
    table = Table(header_style="bold")
    table.add_column("source")
    table.add_column("table")
    for name in ("batches", "read", "accepted", "rejected"):
        table.add_column(name, justify="right")
    table.add_column("last loaded (UTC)")
    for source in now.sources:
        table.add_row(*_cells(source))
    out().print(table)
    if now.inbox_file_count:
        say(f"Inbox: {counted(now.inbox_file_count, 'file')}")


def _cells(source: Source) -> list[str]:
    rejected = f"{source.rejected_count:,}"
    return [
        escape(source.source_name),
        escape(source.table_name),
        f"{source.batch_count:,}",
        f"{source.read_count:,}",
        f"{source.accepted_count:,}",
        f"[red]{rejected}[/]" if source.rejected_count else rejected,
        f"{source.last_loaded_at:%Y-%m-%d %H:%M}",
    ]


def _run_line(now: Status) -> str:
    run = now.last_run
    if run is None:
        return "Last night: none yet. `tilth run` starts one."
    line = f"Last night: {run.status}, started {run.started_at:%Y-%m-%d %H:%M} UTC"
    if run.seconds is not None:
        line += f", took {seconds_text(run.seconds)}"
    line += f"; checks {run.checks_passed} passed, {run.checks_warned} warned"
    line += f", {run.checks_failed} failed"
    return "\n".join([line, *(f"  {each}" for each in [*run.failures, *run.remarks])])


def _published_line(now: Status) -> str:
    if now.published is None or now.age_hours is None:
        return f"Published: {now.published_problem}"
    build = now.published
    age = f"{now.age_hours:.1f} hours old" + (", OUT OF DATE" if now.is_stale else "")
    return f"Published: {build.build_id}, as of {build.as_of:%Y-%m-%d %H:%M} UTC, {age}"


def doctor(*, as_json: AsJson = False) -> None:
    """What is missing on this machine or in the data folder, and how to mend it.

    Exit codes: 0 all that is needed is there; 1 something must be mended.
    """
    findings = examine(load_settings())
    if as_json:
        print_json(msgspec.to_builtins(findings))
    else:
        for finding in findings:
            colour = COLOURS[finding.state]
            out().print(
                f"[{colour}]{finding.state:8}[/] {finding.what:10} {escape(finding.message)}"
            )
            if finding.remedy:
                out().print(f"{'':20}→ {escape(finding.remedy)}")
    raise typer.Exit(PARTLY if any(each.state == "problem" for each in findings) else FINE)
