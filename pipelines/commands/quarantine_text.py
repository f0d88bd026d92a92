"""What ``tilth quarantine`` prints: counts as a table, single items, examples of rules."""

import json
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table

from pipelines.commands.output import out, say

if TYPE_CHECKING:
    from xapi_ingest.landing.explanation import Example
    from xapi_ingest.landing.quarantine import Item
    from xapi_ingest.landing.quarantine_counts import QuarantineCount

SHORT_ID = 10
LONGEST_CONTENT = 20_000
"""Letters of one item that are shown; ``export`` gives all."""


def print_counts(rows: "list[QuarantineCount]") -> None:
    """One row per source, rule and batch, and all of it in one line."""
    if rows:
        table = Table(header_style="bold")
        for name in ("source", "rule", "batch", "of"):
            table.add_column(name, overflow="fold")
        for name in ("open", "replayed", "discarded"):
            table.add_column(name, justify="right")
        for row in rows:
            texts = (row.source_name, row.rule_id, row.batch_id[:SHORT_ID], row.input_name)
            counts = (row.open_count, row.replayed_count, row.discarded_count)
            table.add_row(*map(escape, texts), *(f"{count:,}" for count in counts))
        out().print(table)
    say(
        f"{sum(row.open_count for row in rows):,} open · "
        f"{sum(row.replayed_count for row in rows):,} replayed · "
        f"{sum(row.discarded_count for row in rows):,} discarded"
    )


def print_item(item: "Item", content: bytes) -> None:
    """Where it is, every problem, and the bytes as received."""
    batch = item.batch
    say(
        f"{batch.source_name} · {item.input_name} · item {item.position} · "
        f"batch {batch.batch_id[:SHORT_ID]} · {batch.loaded_at:%Y-%m-%d %H:%M} UTC · {item.state}"
    )
    for problem in item.problems:
        place = ", ".join(filter(None, (problem.place, problem.pointer)))
        at = f" at {place}" if place else ""
        clause = f" ({problem.clause})" if problem.clause else ""
        say(f"  {problem.rule_id}{at}: {problem.message}. {problem.remedy}{clause}")
    text = _pretty(content)
    cut = f"\n… and {len(text) - LONGEST_CONTENT:,} letters more" if text[LONGEST_CONTENT:] else ""
    say(f"{text[:LONGEST_CONTENT]}{cut}\n")


def print_example(example: "Example | None") -> None:
    """What is wrong, and what is right in its place."""
    if example is None:
        return
    what = ", ".join(filter(None, (example.what, f"at {example.pointer}" * bool(example.pointer))))
    say(f"Wrong{f' ({what})' if what else ''}:\n{example.wrong}\nRight:\n{example.right}")


def _pretty(content: bytes) -> str:
    """JSON with line breaks; else the text, with what is none written out."""
    try:
        return json.dumps(json.loads(content), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return content.decode("utf-8", "backslashreplace")
