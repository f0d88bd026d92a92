"""The three panels of the Ecosystem page: volume, trend and mode mix of one unit in one month.

Asks what a panel needs, and puts it on the page; what is chosen comes in as a ``View``.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl
import streamlit as st

from dashboards import findings, formats, frames
from dashboards.charts import rows
from dashboards.figures import (
    Figure,
    Source,
    definition_help,
    draw_figure,
    measure_help,
    page_theme,
)
from dashboards.indicators import people_of_month, people_of_weeks
from dashboards.queries import ecosystem as ask
from dashboards.queries import shared
from dashboards.strings.catalogue import text

VOLUME_COLUMNS = (
    "component_title",
    "active_seconds_share",
    "active_hours",
    "event_count",
    "learner_count",
    "note",
)
TREND_COLUMNS = ("component_title", "period", "active_hours", "note")


@dataclass(frozen=True)
class View:
    """What the reader chose, and the clock of the build."""

    unit: str
    unit_name: str
    month: dt.date
    as_of: dt.datetime

    def source(self, metric: str, period: str, people: Sequence[int | None]) -> Source:
        """What a panel of this view is about."""
        return Source(
            metric=text(f"{metric}.metric"),
            unit=text(f"{metric}.unit"),
            population=self.unit_name,
            period=period,
            as_of=self.as_of,
            people=people,
        )

    def source_of_month(self, metric: str) -> Source:
        """The same for a panel about the month."""
        people = people_of_month(self.unit, self.month)
        return self.source(metric, formats.period(self.month, "month"), people)


def draw_volume(view: View, parts: pl.DataFrame) -> None:
    """Share of learning time of each component."""
    table = frames.with_note(frames.with_hours(parts, ["active"]))
    draw_figure(
        Figure(
            title=findings.share_finding(parts.to_dicts()),
            source=view.source_of_month("share"),
            chart=rows.share_rows(frames.shares(parts), theme=page_theme()),
            table=frames.titled(table, VOLUME_COLUMNS),
            file_name=f"components_{view.unit}_{view.month}",
            words_below=True,
            explanation=measure_help("active_seconds"),
        )
    )


def draw_trend(view: View, weeks: pl.DataFrame, changes: Mapping[str, float | None]) -> None:
    """Weekly learning time of each component."""
    span = weeks["period_start"].n_unique()
    if not span:
        st.info(text("trend.too_short"))
        return
    shown = frames.with_note(frames.with_hours(weeks, ["active"]))
    people = people_of_weeks(view.unit, weeks["period_start"].to_list())
    draw_figure(
        Figure(
            title=findings.trend_finding(changes, weeks=span),
            source=view.source("trend", frames.weeks_in_words(weeks), people),
            chart=rows.spark_rows(
                frames.trend(weeks, changes), heading=text("trend.heading"), theme=page_theme()
            ),
            table=frames.titled(shown.with_columns(period="period_start"), TREND_COLUMNS),
            file_name=f"weeks_{view.unit}_{view.month}",
            words_below=True,
            explanation=measure_help("active_seconds"),
            caveat="" if any(each is not None for each in changes.values()) else text("trend.why"),
        )
    )


def draw_modes(view: View, parts: pl.DataFrame) -> None:
    """Formal, social and experiential share of each component, with the caveat that it needs."""
    mix = ask.mode_mix(org_unit_key=view.unit, month=view.month.isoformat())
    whole = mix.filter(pl.col("component") == "all")
    title = findings.mode_finding(whole.to_dicts())
    definition = shared.definition("X01")
    if mix["mode_share"].drop_nulls().is_empty():
        st.subheader(title, anchor=False, help=definition_help(definition))
        st.info(findings.mode_gap(mix["is_suppressed"].to_list(), definition["status"].to_list()))
        return
    draw_figure(
        Figure(
            title=title,
            source=view.source_of_month("modes"),
            chart=rows.mode_rows(
                frames.modes(mix, parts),
                legend=findings.mode_legend(whole.to_dicts()),
                theme=page_theme(),
            ),
            table=frames.mode_table(mix),
            file_name=f"modes_{view.unit}_{view.month}",
            words_below=True,
            explanation=definition_help(definition),
            caveat=text(
                "modes.caveat", coverage=findings.coverage_words(ask.coverage().to_dicts())
            ),
        )
    )
