"""Can these numbers be trusted: what arrived, what was refused and why, what is not known."""

import streamlit as st

from dashboards import formats, frames, health_findings
from dashboards.charts.rows import spark_rows
from dashboards.figures import Figure, Source, Tile, draw_figure, page_theme, tiles
from dashboards.queries import health as ask
from dashboards.queries import shared
from dashboards.sections import draw_sections
from dashboards.strings.catalogue import text

COUNTS = ("read", "unique", "rejected", "duplicate", "conflict", "voided")
LEAST_WEEKS = 2  # one week alone is no trend


def draw_findings(found: list[health_findings.Finding]) -> None:
    """What is wrong first, then what is unknown, then what is well, each in words."""
    st.subheader(text("health.findings"), anchor=False)
    boxes = {"bad": st.error, "unknown": st.warning, "good": st.success}
    for severity, box in boxes.items():
        sentences = [each.sentence for each in found if each.severity == severity]
        if sentences:
            words = "\n".join(f"- {sentence}" for sentence in sentences)
            box(f"**{text(f'health.{severity}')}**\n\n{words}")


def draw_arrivals() -> None:
    """Statements received each week from each source, or why there is no trend of them."""
    received = ask.coverage()
    weeks, sources = received["received_week"].n_unique(), received["source_name"].n_unique()
    if weeks < LEAST_WEEKS:
        st.info(health_findings.arrivals_gap(ask.arrivals().row(0, named=True)))
        return
    columns = ["source_name", "received_week", "received_count", "expected_count"]
    with st.container(border=True):
        draw_figure(
            Figure(
                title=text("health.arrivals.title", weeks=weeks, sources=sources),
                source=Source(
                    metric=text("health.arrivals.metric"),
                    unit=text("health.arrivals.unit"),
                    population=text("health.all_sources"),
                    period=text("health.everything"),
                    as_of=build["as_of"],
                ),
                chart=spark_rows(
                    frames.arrivals(received),
                    heading=text("health.arrivals.heading"),
                    theme=page_theme(),
                ),
                table=frames.titled(received, columns),
                file_name="arrivals",
                explanation=text("health.arrivals.help"),
            )
        )


build = shared.build().row(0, named=True)
totals = ask.totals().row(0, named=True)
found = health_findings.health_findings(
    totals=totals,
    freshness=ask.freshness().to_dicts(),
    coverage=ask.coverage_by_source().to_dicts(),
    checks=ask.checks().to_dicts(),
    refused=ask.refused_files().to_dicts(),
    unclassified_share=ask.unclassified_share()["event_share"][0],
)
st.title(health_findings.health_headline(found, totals), anchor=False)
if not totals["read_count"]:
    st.info(text("health.empty"))
else:
    draw_findings(found)
    tiles(
        [
            Tile(
                label=text(f"health.{name}"),
                value=formats.count(totals[f"{name}_count"]),
                note=text(f"health.{name}.note"),
            )
            for name in COUNTS
        ]
    )
    draw_arrivals()
draw_sections()
