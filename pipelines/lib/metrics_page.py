"""``docs/metrics.md`` from the catalogue: what each number means and must not be used for."""

import csv
from collections.abc import Iterator
from pathlib import Path

CATALOGUE = Path(__file__).parents[2] / "data" / "seeds" / "ref_metrics.csv"

Row = dict[str, str]


def metrics_page(made: str) -> str:
    """The page, under the line ``made`` that says how it came about."""
    with CATALOGUE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    computed = [row for row in rows if row["is_implemented"] == "true"]
    waiting = [row for row in rows if row["is_implemented"] != "true"]
    page = [
        "# Metrics",
        made,
        "",
        f"The catalogue holds {len(rows)} metrics. {len(computed)} are computed wherever their",
        "input has landed; `metrics.metric_catalogue` says so for your data. Every value comes",
        "with numerator, denominator, n, as-of date and the thresholds that it used; cells of too",
        "few people are hidden. A metric whose input is missing has no value, never a zero.",
        "",
        "## Computed",
        *(line for row in computed for line in _entry(row)),
        "",
        "## Waiting for an input",
        "",
        "| metric | question | needs |",
        "|---|---|---|",
        *(
            f"| {row['metric_id']} {_cell(row['name'])} | {_cell(row['question'])} "
            f"| {_cell(row['needs_input'])} |"
            for row in waiting
        ),
    ]
    return "\n".join(page) + "\n"


def _entry(row: Row) -> Iterator[str]:
    yield from ("", f"### {row['metric_id']} {row['name']}", "", f"*{row['question']}*", "")
    yield f"- **Formula:** {row['formula']}"
    yield f"- **Grain, unit:** {row['grain']}; {row['unit']}"
    yield f"- **Good:** {row['direction']}"
    yield f"- **Evidence:** {row['evidence']}"
    if row["caveat"] not in {"", "–"}:
        yield f"- **Beware:** {row['caveat']}"
    yield f"- **Needs:** {row['needs_input']}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
