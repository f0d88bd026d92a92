"""The figures of the Component explorer: one component of one unit over a range of periods.

Asks what a figure needs, and puts it on the page; what is chosen comes in as a ``View``.
"""

import datetime as dt
from dataclasses import dataclass

import polars as pl
import streamlit as st

from dashboards import findings, formats, frames
from dashboards.charts.bars import named_bars, period_columns
from dashboards.figures import (
    Figure,
    Source,
    data_table,
    download,
    draw_figure,
    measure_help,
    page_theme,
)
from dashboards.queries import explorer as ask
from dashboards.strings.catalogue import text

ACTIVITY_COLUMNS = ("activity_title", "activity_type_name", "learner_count", "event_count")
VERB_COLUMNS = ("verb_name", "verb_class", "event_count", "learner_count")


@dataclass(frozen=True)
class View:
    """What the reader chose, and the clock of the build.

    ``range_words`` names the range; ``measure`` is a column of the reports.
    """

    component: str
    unit: str
    unit_name: str
    grain: str
    measure: str
    range_words: str
    as_of: dt.datetime

    def source(self, metric: str, unit: str, period: str, people: pl.Series) -> Source:
        """What a figure of this view is about."""
        return Source(
            metric=metric,
            unit=unit,
            population=self.unit_name,
            period=period,
            as_of=self.as_of,
            people=people.to_list(),
        )


def draw_trend(view: View, found: pl.DataFrame) -> None:
    """The chosen measure over the range."""
    measure = view.measure
    shaped = frames.periods(found, grain=view.grain, measure=measure)
    if shaped["value"].drop_nulls().is_empty():
        st.info(text("explorer.hidden", range=view.range_words))
        return
    draw_figure(
        Figure(
            title=findings.trend_title(shaped.to_dicts(), grain=view.grain, measure=measure),
            source=view.source(
                text(f"measure.{measure}"),
                text(f"unit.{measure}"),
                view.range_words,
                found["learner_count"],
            ),
            chart=period_columns(shaped, unit=text(f"measure.{measure}.axis"), theme=page_theme()),
            table=frames.period_table(found, grain=view.grain),
            file_name=f"trend_{view.component}_{view.unit}_{view.grain}",
            explanation=measure_help(measure),
        )
    )


def draw_details(view: View, last: dt.date) -> None:
    """Activities and verbs of the newest month or quarter of the range, side by side."""
    grain = "month" if view.grain == "week" else view.grain
    start = ask.detail_period(org_unit_key=view.unit, grain=grain, last=last.isoformat())
    if start is None:
        return
    day = start.isoformat()
    chosen = {"component": view.component, "org_unit_key": view.unit, "grain": grain}
    whole = ask.component_periods(**chosen, first=day, last=day)
    people, period = whole["learner_count"], formats.period(start, grain)
    if not whole["is_complete"].all():
        period = text("value.running", period=period)
    used = frames.told_apart(ask.top_activities(**chosen, period_start=day))
    said = ask.verbs(**chosen, period_start=day)
    ending = f"{view.component}_{view.unit}_{day}"
    left, right = st.columns(2, border=True)
    with left:
        source = _names_source(view, "activities", "learner_count", period, people)
        _draw_names(
            used, source, kind="activities", value="learner_count", file_name=f"activities_{ending}"
        )
    with right:
        source = _names_source(view, "verbs", "event_count", period, people)
        _draw_names(said, source, kind="verbs", value="event_count", file_name=f"verbs_{ending}")


def draw_every_period(view: View, found: pl.DataFrame) -> None:
    """Every number of the range as a table."""
    heading = text("explorer.table")
    st.subheader(heading, anchor=False)
    table = frames.period_table(found, grain=view.grain)
    data_table(table, alt=heading)
    download(table, file_name=f"{view.component}_{view.unit}_{view.grain}")


def _names_source(view: View, kind: str, value: str, period: str, people: pl.Series) -> Source:
    return view.source(text(f"explorer.{kind}.metric"), text(f"unit.{value}"), period, people)


def _draw_names(
    found: pl.DataFrame, source: Source, *, kind: str, value: str, file_name: str
) -> None:
    """Bars by name: the activities or the verbs of one period."""
    columns = ACTIVITY_COLUMNS if kind == "activities" else VERB_COLUMNS
    shown = found.filter(pl.col(value).is_not_null())  # what is hidden has no name
    if shown.is_empty():
        reason = "hidden" if found.height else "empty"
        st.subheader(text(f"explorer.{kind}"), anchor=False, help=measure_help(value))
        st.info(text(f"explorer.{kind}.{reason}", period=source.period))
        return
    bars = frames.named(shown, name=columns[0], value=value)
    draw_figure(
        Figure(
            title=text(f"explorer.{kind}.title", name=bars["name"][0]),
            source=source,
            chart=named_bars(bars, theme=page_theme()),
            table=frames.titled(frames.with_gap(shown), [*columns, "note"]),
            file_name=file_name,
            explanation=measure_help(value),
        )
    )
    if shown.height < found.height:
        st.caption(text("explorer.more"))
