"""Can these numbers be trusted: what arrived, what was refused and why, what is not known."""

from collections.abc import Callable

import polars as pl
import streamlit as st

from dashboards import findings, formats, frames
from dashboards.charts.rows import spark_rows
from dashboards.figures import Source, Tile, data_table, download, figure, page_theme, tiles
from dashboards.queries import health as ask
from dashboards.queries import shared
from dashboards.strings.catalogue import text
from dashboards.tables import (
    check_table,
    classification_table,
    coverage_table,
    freshness_table,
    input_table,
    quality_table,
    reconciliation_table,
    rejection_table,
    run_table,
    unmapped_table,
)

SECTIONS: tuple[tuple[str, Callable[[], pl.DataFrame], Callable[[pl.DataFrame], pl.DataFrame]], ...] = (
    ("rejections", ask.rejections, rejection_table),
    ("reconciliation", ask.reconciliation, reconciliation_table),
    ("freshness", ask.freshness, freshness_table),
    ("coverage", ask.coverage_by_source, coverage_table),
    ("quality", ask.quality_metrics, quality_table),
    ("classification", ask.classification, classification_table),
    ("unmapped", ask.unmapped, unmapped_table),
    ("inputs", ask.inputs, input_table),
    ("checks", ask.checks, check_table),
    ("runs", ask.runs, run_table),
)
COUNTS = ("read", "unique", "rejected", "duplicate", "conflict", "voided")


def draw_findings(found: list[findings.Finding]) -> None:
    """What is wrong first, then what is unknown, then what is well, each in words."""
    st.subheader(text("health.findings"), anchor=False)
    boxes = {"bad": st.error, "unknown": st.warning, "good": st.success}
    for severity, box in boxes.items():
        sentences = [each.sentence for each in found if each.severity == severity]
        if sentences:
            words = "\n".join(f"- {sentence}" for sentence in sentences)
            box(f"**{text(f'health.{severity}')}**\n\n{words}")


def draw_arrivals() -> None:
    """Statements received each week from each source."""
    received = ask.coverage()
    if received.is_empty():
        return
    weeks, sources = received["received_week"].n_unique(), received["source_name"].n_unique()
    columns = ["source_name", "received_week", "received_count", "expected_count"]
    with st.container(border=True):
        figure(
            title=text("health.arrivals.title", weeks=weeks, sources=sources),
            source=Source(
                metric=text("health.arrivals.metric"),
                unit=text("health.arrivals.unit"),
                population=text("health.all_sources"),
                period=text("health.everything"),
                as_of=build["as_of"],
            ),
            chart=spark_rows(frames.arrivals(received), theme=page_theme()),
            table=frames.titled(received, columns),
            file_name="arrivals",
        )


def draw_section(
    name: str, asked: Callable[[], pl.DataFrame], shaped: Callable[[pl.DataFrame], pl.DataFrame]
) -> None:
    """One table under its question, or a sentence when there is nothing."""
    st.subheader(text(f"health.{name}"), anchor=False)
    rows = asked()
    if rows.is_empty():
        st.info(text(f"health.{name}.none"))
        return
    table = shaped(rows)
    data_table(table, alt=text(f"health.{name}"))
    download(table, file_name=name)


build = shared.build().row(0, named=True)
totals = ask.totals().row(0, named=True)
found = findings.health_findings(
    totals=totals,
    freshness=ask.freshness().to_dicts(),
    coverage=ask.coverage_by_source().to_dicts(),
    checks=ask.checks().to_dicts(),
    unclassified_share=ask.unclassified_share()["event_share"][0],
)
st.title(findings.health_headline(found, totals), anchor=False)
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
for name, asked, shaped in SECTIONS:
    draw_section(name, asked, shaped)
