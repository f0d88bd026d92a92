"""What the person at the keyboard sees: results on stdout, progress and errors on stderr.

Progress is drawn on a terminal only, so that a log file stays readable.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from pipelines.lib.progress import Progress as OnProgress
from pipelines.lib.progress import silent

FINE, PARTLY, UNUSABLE = 0, 1, 2
"""Exit codes: all well; something was rejected or failed; wrong usage, or it cannot start."""

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")]


def out() -> Console:
    """Where results go. Away from a terminal a table is as wide as its columns need."""
    is_terminal = sys.stdout.isatty()
    return Console(
        width=None if is_terminal else 10_000, soft_wrap=not is_terminal, highlight=False
    )


def err() -> Console:
    """Where progress and errors go."""
    return Console(stderr=True, soft_wrap=True, highlight=False)


def say(text: str) -> None:
    """One line of result, as it stands."""
    out().print(escape(text))


def print_json(value: Any) -> None:
    """One JSON document on stdout. Instants are ISO 8601 in UTC."""
    sys.stdout.write(json.dumps(value, default=plain, indent=2, ensure_ascii=False) + "\n")


def plain(value: Any) -> Any:
    """What JSON has no word for, as text."""
    if isinstance(value, datetime):
        return value.isoformat() + ("Z" if value.tzinfo is None else "")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


@contextmanager
def progress_shown(*, is_wanted: bool = True) -> Iterator[OnProgress]:
    """A callback that draws bars while the block runs; a silent one away from a terminal."""
    console = err()
    if not is_wanted or not console.is_terminal:
        yield silent
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[count]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bars:
        tasks: dict[str, Any] = {}

        def show(what: str, done: int, total: int | None) -> None:
            for name, task in tasks.items():
                if name != what:
                    bars.update(task, visible=False)
            if what not in tasks:
                tasks[what] = bars.add_task(escape(what), total=total, count="")
            count = f"{done:,} / {total:,}" if total else f"{done:,}" if done else ""
            bars.update(tasks[what], completed=done, total=total, count=count, visible=True)

        yield show


def counted(count: int, one: str, many: str = "") -> str:
    """A count with its noun: ``1 statement``, ``22,889 statements``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def seconds_text(seconds: float) -> str:
    """A duration for people: ``3.2 s``, ``2 min 05 s``."""
    minute = 60
    if seconds < minute:
        return f"{seconds:.1f} s"
    return f"{int(seconds) // minute} min {int(seconds) % minute:02d} s"
