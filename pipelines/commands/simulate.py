"""The command that makes a synthetic company: ``simulate``."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipelines.commands.output import (
    AsJson,
    counted,
    print_json,
    progress_shown,
    say,
    seconds_text,
)
from xapi_ingest.settings import load_settings


class ScaleName(StrEnum):
    """Companies of known sizes, from 1.5 million statements over 1 and 10 to 50 million."""

    demo = "demo"
    s = "s"
    m = "m"
    l = "l"  # noqa: E741  (small, medium, large)


def simulate(  # noqa: PLR0913  (one argument an option)
    *,
    employees: Annotated[
        int | None, typer.Option(help="People in HR's list, leavers included. Default: 300.")
    ] = None,
    weeks: Annotated[int | None, typer.Option(help="Whole weeks of history. Default: 26.")] = None,
    seed: Annotated[int, typer.Option(help="Which company: same seed, same bytes.")] = 7,
    scale: Annotated[
        ScaleName | None,
        typer.Option(
            help="Instead of employees and weeks: demo is 1,200 people over two years, about 1.5 "
            "million statements; s, m and l are 1, 10 and 50 million."
        ),
    ] = None,
    end: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], help="The last week ends on or before it. Default: a fixed day."
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Folder to make. Default: simulation, in TILTH_HOME."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make a synthetic company: exports of its systems, and beside them the truth.

    Nothing is ingested: exports/ in the folder is laid out like the inbox; truth/ is the answer
    key (docs/simulator.md).

    Exit codes: 0 made; 2 an option is out of its range, or the folder cannot be written.
    """
    from xapi_ingest.simulator import company  # noqa: PLC0415  (numpy)
    from xapi_ingest.simulator.arguments import SCALES, Scale  # noqa: PLC0415

    size = SCALES[scale.value] if scale else Scale(300, 26)
    with progress_shown(is_wanted=not as_json) as show:

        def on_progress(done: int, total: int) -> None:
            show("weeks", done, total)

        report = company.simulate(
            out=out or load_settings().root / "simulation",
            employees=size.employees if employees is None else employees,
            weeks=size.weeks if weeks is None else weeks,
            seed=seed,
            end=end.date() if end else company.DEFAULT_END,
            intensity=size.intensity,
            on_progress=on_progress,
        )
    if as_json:
        print_json(report.as_dict())
    else:
        people = counted(report.employees, "employee")
        say(
            f"{counted(report.statement_count, 'statement')} of {people}, "
            f"{report.start_date} to {report.end_date} · {report.exports} · "
            f"{seconds_text(report.seconds)}"
        )
