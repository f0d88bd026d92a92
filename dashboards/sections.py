"""The tables of the Data health page: which there are, in which order, and how one is drawn."""

from collections.abc import Callable

import polars as pl
import streamlit as st

from dashboards import formats
from dashboards.figures import data_table, definition_help, download
from dashboards.queries import health as ask
from dashboards.queries import shared
from dashboards.strings.catalogue import text
from dashboards.tables import (
    check_table,
    classification_table,
    coverage_table,
    event_times_table,
    freshness_table,
    input_table,
    quality_table,
    reconciliation_table,
    refused_table,
    rejection_table,
    run_table,
    unmapped_table,
)

Section = tuple[str, Callable[[], pl.DataFrame], Callable[[pl.DataFrame], pl.DataFrame]]

SECTIONS: tuple[tuple[Section, ...], ...] = (  # those of one row stand side by side
    (("rejections", ask.rejections, rejection_table),),
    (("refused", ask.refused_files, refused_table),),
    (("reconciliation", ask.reconciliation, reconciliation_table),),
    (("event_times", ask.event_times, event_times_table),),
    (
        ("freshness", ask.freshness, freshness_table),
        ("coverage", ask.coverage_by_source, coverage_table),
    ),
    (("quality", ask.quality_metrics, quality_table),),
    (("classification", ask.classification, classification_table),),
    (("unmapped", ask.unmapped, unmapped_table),),
    (("inputs", ask.inputs, input_table), ("runs", ask.runs, run_table)),
)


def draw_sections() -> None:
    """The checks, then every table, in its order."""
    draw_checks()
    for row in SECTIONS:
        for column, section in zip(st.columns(len(row), gap="medium"), row, strict=True):
            with column:
                _draw_section(*section)


def draw_checks() -> None:
    """What failed or warned as a table; every check behind one line."""
    st.subheader(text("health.checks"), anchor=False)
    rows = ask.checks()
    if rows.is_empty():
        st.info(text("health.checks.none"))
        return
    unhappy = rows.filter(pl.col("status") != "passed")
    if unhappy.is_empty():
        st.markdown(text("health.checks.passed", count=formats.count(rows.height)))
    else:
        data_table(check_table(unhappy), alt=text("health.checks"))
    with st.expander(text("health.checks.all", count=formats.count(rows.height))):
        table = check_table(rows)
        data_table(table, alt=text("health.checks"))
        download(table, file_name="checks")


def _draw_section(
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
    if name == "quality":
        _draw_definitions()


def _draw_definitions() -> None:
    """What each data-quality metric counts, and what to beware of."""
    with st.expander(text("health.quality.definitions")):
        for metric_id in ask.QUALITY_METRICS:
            words = definition_help(shared.definition(metric_id))
            if words is not None:
                st.markdown(words)
