"""One component of one unit over a range of periods: trend, activities, verbs, every number."""

import datetime as dt

import polars as pl
import streamlit as st

from dashboards import findings, formats, frames
from dashboards.charts.bars import named_bars, period_columns
from dashboards.figures import Figure, Source, data_table, download, draw_figure, page_theme
from dashboards.filters import choose, choose_grain, choose_range, choose_unit
from dashboards.queries import explorer as ask
from dashboards.queries import shared
from dashboards.strings.catalogue import text

MEASURES = ("active_seconds", "learner_count", "event_count")
GRAINS = ("week", "month", "quarter")


def source_of(metric: str, of_unit: str, period: str) -> Source:
    """What a figure of this page is about."""
    return Source(
        metric=metric, unit=of_unit, population=unit_name, period=period, as_of=build["as_of"]
    )


def draw_trend(found: pl.DataFrame, measure: str) -> None:
    """The chosen measure over the range."""
    shaped = frames.periods(found, grain=grain, measure=measure)
    if shaped["value"].drop_nulls().is_empty():
        st.info(text("explorer.hidden", range=range_words))
        return
    draw_figure(
        Figure(
            title=findings.trend_title(shaped.to_dicts(), grain=grain, measure=measure),
            source=source_of(text(f"measure.{measure}"), text(f"unit.{measure}"), range_words),
            chart=period_columns(shaped, unit=text(f"measure.{measure}.axis"), theme=page_theme()),
            table=frames.period_table(found, grain=grain),
            file_name=f"trend_{component}_{unit}_{grain}",
        )
    )


def draw_names(
    found: pl.DataFrame, start: dt.date, *, kind: str, columns: list[str], value: str
) -> None:
    """Bars by name, the first column: the activities or the verbs of one period."""
    period = formats.period(start, detail_grain)
    if found.is_empty() or found[value].drop_nulls().is_empty():
        st.subheader(text(f"explorer.{kind}"), anchor=False)
        st.info(text(f"explorer.{kind}.{'hidden' if found.height else 'empty'}", period=period))
        return
    shown = found.filter(pl.col(value).is_not_null())
    bars = frames.named(shown, name=columns[0], value=value)
    draw_figure(
        Figure(
            title=text(f"explorer.{kind}.title", name=bars["name"][0]),
            source=source_of(text(f"explorer.{kind}.metric"), text(f"unit.{value}"), period),
            chart=named_bars(bars, theme=page_theme()),
            table=frames.titled(frames.with_gap(found), [*columns, "note"]),
            file_name=f"{kind}_{component}_{unit}_{start}",
        )
    )
    if shown.height < found.height:
        st.caption(text("explorer.more"))


build = shared.build().row(0, named=True)
heading = st.container()
top, below = st.columns(2), st.columns(4)
components = {row["component"]: row for row in ask.component_choices().to_dicts()}
titles = {key: row["component_title"] for key, row in components.items()}
with top[0]:
    component = choose("component", titles, default=next(iter(titles)))
with top[1]:
    unit = choose_unit()
unit_name = shared.unit_name(unit)
with below[0]:
    grain = choose_grain(GRAINS, default="week")
periods = ask.periods(org_unit_key=unit, grain=grain)
with below[3]:
    names = {code: text(f"measure.{code}") for code in MEASURES}
    measure = choose("measure", names, default=MEASURES[0])
title = titles[component]
about = components[component]
heading_words = findings.explorer_headline(title, [], grain, measure)
if periods.height:
    first, last = choose_range(periods, grain, below[1], below[2])
    range_words = formats.periods(first, last, grain)
    limits = {"first": first.isoformat(), "last": last.isoformat()}
    found = ask.component_periods(component=component, org_unit_key=unit, grain=grain, **limits)
    heading_words = findings.explorer_headline(
        title, frames.recorded(found, measure), grain, measure
    )
    if not found["is_recorded"].any():
        st.info(text("explorer.empty", component=title, unit=unit_name, range=range_words))
    else:
        with st.container(border=True):
            draw_trend(found, measure)
        detail_grain = "month" if grain == "week" else grain
        detail = ask.detail_period(org_unit_key=unit, grain=detail_grain, last=last.isoformat())
        if detail is not None:
            chosen = {"component": component, "org_unit_key": unit, "grain": detail_grain}
            used = ask.top_activities(**chosen, period_start=detail.isoformat())
            said = ask.verbs(**chosen, period_start=detail.isoformat())
            left, right = st.columns(2, border=True)
            with left:
                columns = ["activity_title", "activity_type_name", "learner_count", "event_count"]
                draw_names(used, detail, kind="activities", columns=columns, value="learner_count")
            with right:
                columns = ["verb_name", "verb_class", "event_count", "learner_count"]
                draw_names(said, detail, kind="verbs", columns=columns, value="event_count")
        st.subheader(text("explorer.table"), anchor=False)
        table = frames.period_table(found, grain=grain)
        data_table(table, alt=text("explorer.table"))
        download(table, file_name=f"{component}_{unit}_{grain}")
else:
    st.info(text("picture.empty", unit=unit_name))
heading.title(heading_words, anchor=False)
heading.caption(". ".join(filter(None, (about["metaphor"], about["description"]))))
