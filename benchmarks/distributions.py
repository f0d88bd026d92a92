"""Pictures of how the synthetic company behaves, for docs/simulator.md.

``python -m benchmarks.distributions SIMULATION docs/pictures`` draws them from a company of
``tilth simulate --scale demo``, out of its exports and its truth alone.
"""

import csv
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 640, 260, 52, 34, 26
STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#374151}.t{font-weight:600;font-size:13px}"
    ".a{fill:#34516f}.b{fill:none;stroke:#34516f;stroke-width:2}.c{fill:none;stroke:#b45309;"
    "stroke-width:2;stroke-dasharray:5 3}.g{stroke:#d1d5db}"
    "@media(prefers-color-scheme:dark){text{fill:#d1d5db}.a{fill:#7da3c8}.b{stroke:#7da3c8}"
    ".c{stroke:#f0a04b}.g{stroke:#4b5563}}"
)


def main() -> None:
    """Draw every picture."""
    simulation, out = Path(sys.argv[1]), Path(sys.argv[2])
    truth = json.loads((simulation / "truth" / "truth.json").read_text(encoding="utf-8"))
    pictures = {
        "sim_weeks": weeks_of_learning(truth),
        "sim_season": season(truth),
        "sim_contribution": contribution(simulation, truth),
        "sim_content": content_use(simulation),
        "sim_deadline": deadline(simulation, truth),
        "sim_effect": effect(simulation, truth),
    }
    for name, drawing in pictures.items():
        (out / f"{name}.svg").write_text(drawing, encoding="utf-8")


def weeks_of_learning(truth: dict[str, Any]) -> str:
    """How many people learned in so many weeks."""
    weeks = [sum(n > 0 for n in p["weekly_learning_counts"]) for p in truth["people"].values()]
    bins = Counter(min(count // 10, 9) for count in weeks)
    labels = [f"{10 * n}-{10 * n + 9}" if n < 9 else "90+" for n in range(10)]  # noqa: PLR2004
    never = sum(count == 0 for count in weeks)
    title = f"Weeks with learning in two years, people ({never} of {len(weeks)} never)"
    return bars(title, labels, [bins[n] for n in range(10)])


def season(truth: dict[str, Any]) -> str:
    """People who learned, by week."""
    active = truth["weekly_active_people"]
    labels = {n: day[:7] for n, day in enumerate(truth["weeks"]) if n % 13 == 0}
    return lines("People who learned, by week (August and the turn of the year)", [active], labels)


def contribution(simulation: Path, truth: dict[str, Any]) -> str:
    """Who writes: share of posts and replies of the most active 1 %, the next 9 %, the rest."""
    written = Counter(
        statement["actor"].get("mbox", "")
        for statement in statements(simulation / "exports" / "social")
        if statement.get("verb", {}).get("display", {}).get("en-US") in {"posted", "replied"}
        and "actor" in statement
    )
    counts = sorted(written.values(), reverse=True)
    people = len(truth["people"])
    first, tenth = max(1, people // 100), people // 10
    total = sum(counts)
    shares = [sum(counts[:first]), sum(counts[first:tenth]), sum(counts[tenth:])]
    return bars(
        "Posts and replies by the most active 1 %, the next 9 %, the other 90 %, in per cent",
        ["1 %", "9 %", "90 %"],
        [round(100 * share / total) for share in shares],
    )


def content_use(simulation: Path) -> str:
    """Openings of articles by rank, against Zipf's law through the first."""
    opened = Counter(
        statement["object"]["id"]
        for statement in statements(simulation / "exports" / "work")
        if statement.get("verb", {}).get("display", {}).get("en-US") in {"opened", "viewed"}
        and "/article/" in statement.get("object", {}).get("id", "")
    )
    counts = sorted(opened.values(), reverse=True)
    law = [counts[0] / (rank + 1) for rank in range(len(counts))]
    labels = {n: str(n + 1) for n in range(0, len(counts), 4)}
    return lines(
        "Openings of articles by rank; dashed: the first over the rank", [counts, law], labels
    )


def deadline(simulation: Path, truth: dict[str, Any]) -> str:
    """Completions of the mandatory programme's courses by week since its launch."""
    programme = truth["programmes"]["safety-2026"]
    launch = min(p["offered_week"] for p in programme["people"].values())
    first = date.fromisoformat(truth["weeks"][launch])
    weeks: Counter[int] = Counter()
    for statement in statements(simulation / "exports" / "lms"):
        around = json.dumps(statement.get("context", {}).get("contextActivities", {}))
        if statement.get("verb", {}).get("id", "").endswith("/completed") and "safety-" in around:
            day = date.fromisoformat(statement["timestamp"][:10])
            weeks[(day - first).days // 7] += 1
    span = range(-4, 16)
    title = "Completions of the mandatory programme by week since its launch (due in week 10)"
    return bars(title, [str(week) for week in span], [weeks[week] for week in span])


def effect(simulation: Path, truth: dict[str, Any]) -> str:
    """The experiment: the KPI of treated and other teams, by month."""
    people = truth["programmes"]["customer-first"]["people"]
    with (simulation / "exports" / "hr" / "employment_periods.csv").open(encoding="utf-8") as file:
        unit = {row["employee_id"]: row["org_unit_id"] for row in csv.DictReader(file)}
    treated = {unit[p] for p, row in people.items() if row["arm"] == "treatment"}
    panel = (
        pl.read_csv(
            simulation / "exports" / "operations" / "kpi_panel.csv",
            try_parse_dates=True,
            infer_schema_length=None,
        )
        .filter(pl.col("kpi_id") == "first_contact")
        .with_columns(
            month=pl.col("period_start").dt.truncate("1mo"),
            is_treated=pl.col("subject_id").is_in(list(treated)),
        )
        .group_by("month", "is_treated")
        .agg(value=100 * pl.col("numerator").sum() / pl.col("denominator").sum())
        .sort("month")
    )
    series = [panel.filter(pl.col("is_treated") == arm)["value"].to_list() for arm in (True, False)]
    months = panel["month"].unique().sort().to_list()
    labels = {n: f"{month:%Y-%m}" for n, month in enumerate(months) if n % 12 == 0}
    return lines(
        "Solved at first contact, per cent: treated teams, and (dashed) the others", series, labels
    )


def statements(folder: Path) -> Iterator[dict[str, Any]]:
    """Every statement of a source."""
    for path in sorted(folder.iterdir()):
        data = path.read_bytes()
        text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode()
        if ".ndjson" in path.suffixes:
            yield from map(json.loads, text.splitlines())
        else:
            whole = json.loads(text)
            yield from whole if isinstance(whole, list) else whole["statements"]


def bars(title: str, labels: Sequence[str], values: Sequence[float]) -> str:
    """A bar for each label, with its value above."""
    step = (WIDTH - LEFT) / len(values)
    top = max(values) or 1
    parts = []
    for n, (label, value) in enumerate(zip(labels, values, strict=True)):
        x, high = LEFT + n * step, (HEIGHT - TOP - BOTTOM - 14) * value / top
        y = HEIGHT - BOTTOM - high
        middle = x + step / 2
        parts.append(
            f'<rect class="a" x="{x + 2:.1f}" y="{y:.1f}" width="{step - 4:.1f}" '
            f'height="{high:.1f}"/><text x="{middle:.1f}" y="{y - 4:.1f}" text-anchor="middle">'
            f'{value:,}</text><text x="{middle:.1f}" y="{HEIGHT - 14}" text-anchor="middle">'
            f"{label}</text>"
        )
    return drawing(title, "".join(parts))


def lines(title: str, series: Sequence[Sequence[float]], labels: dict[int, str]) -> str:
    """One or two lines over the same steps; the second is dashed."""
    low = min(
        0.0 if min(map(min, series)) < max(map(max, series)) / 2 else min(map(min, series)), 1e9
    )
    top = max(map(max, series))
    count = max(map(len, series)) - 1

    def point(n: int, value: float) -> str:
        x = LEFT + (WIDTH - LEFT - 12) * n / count
        y = HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM - 8) * (value - low) / (top - low)
        return f"{x:.1f},{y:.1f}"

    parts = [
        f'<polyline class="{kind}" points="{" ".join(point(n, v) for n, v in enumerate(values))}"/>'
        for kind, values in zip("bc", series, strict=False)
    ]
    for value in (low, top):
        y = point(0, value).split(",")[1]
        parts.append(
            f'<line class="g" x1="{LEFT}" x2="{WIDTH}" y1="{y}" y2="{y}"/>'
            f'<text x="{LEFT - 6}" y="{float(y) + 4:.1f}" text-anchor="end">{value:,.0f}</text>'
        )
    for n, label in labels.items():
        x = point(n, low).split(",")[0]
        parts.append(f'<text x="{x}" y="{HEIGHT - 14}" text-anchor="middle">{label}</text>')
    return drawing(title, "".join(parts))


def drawing(title: str, body: str) -> str:
    """An SVG that is legible on light and dark ground."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{title}"><style>{STYLE}</style>'
        f'<text class="t" x="4" y="15">{title}</text>{body}</svg>\n'
    )


if __name__ == "__main__":
    main()
