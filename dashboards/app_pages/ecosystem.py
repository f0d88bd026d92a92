"""How the five components stand: volume, trend and mode mix of one unit in one month."""

import polars as pl
import streamlit as st

from dashboards import findings, formats, frames
from dashboards.charts import rows
from dashboards.figures import Figure, Source, definition_help, draw_figure, page_theme, tiles
from dashboards.filters import choose_period, choose_unit
from dashboards.indicators import ecosystem_tiles, month_end, people_of_month
from dashboards.queries import ecosystem as ask
from dashboards.queries import shared
from dashboards.strings.catalogue import text


def source_of(metric: str, period: str) -> Source:
    """What a figure of this page is about."""
    return Source(
        metric=text(f"{metric}.metric"),
        unit=text(f"{metric}.unit"),
        population=unit_name,
        period=period,
        as_of=build["as_of"],
        people=people_of_month(unit, month) if metric != "trend" else None,
    )


def draw_volume(parts: pl.DataFrame) -> None:
    """Share of learning time of each component."""
    table = frames.with_note(frames.with_hours(parts, ["active"]))
    columns = ["component_title", "active_seconds_share", "active_hours"]
    draw_figure(
        Figure(
            title=findings.share_finding(parts.to_dicts()),
            source=source_of("share", formats.period(month, "month")),
            chart=rows.share_rows(frames.shares(parts), theme=page_theme()),
            table=frames.titled(table, [*columns, "event_count", "learner_count", "note"]),
            file_name=f"components_{unit}_{month}",
            words_below=True,
        )
    )


def draw_trend(weeks: pl.DataFrame, changes: dict[str, float | None]) -> None:
    """Weekly learning time of each component."""
    shown = frames.with_note(frames.with_hours(weeks, ["active"]))
    shown = shown.with_columns(period=pl.col("period_start"))
    draw_figure(
        Figure(
            title=findings.trend_finding(changes),
            source=source_of("trend", frames.weeks_in_words(weeks)),
            chart=rows.spark_rows(
                frames.trend(weeks, changes), heading=text("trend.heading"), theme=page_theme()
            ),
            table=frames.titled(shown, ["component_title", "period", "active_hours", "note"]),
            file_name=f"weeks_{unit}_{month}",
            words_below=True,
        )
    )


def draw_modes(mix: pl.DataFrame, parts: pl.DataFrame) -> None:
    """Formal, social and experiential share of each component, with the caveat that it needs."""
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
            source=source_of("modes", formats.period(month, "month")),
            chart=rows.mode_rows(
                frames.modes(mix, parts),
                legend=findings.mode_legend(whole.to_dicts()),
                theme=page_theme(),
            ),
            table=frames.mode_table(mix),
            file_name=f"modes_{unit}_{month}",
            words_below=True,
            explanation=definition_help(definition),
        )
    )
    st.caption(text("modes.caveat", coverage=findings.coverage_words(ask.coverage().to_dicts())))


build = shared.build().row(0, named=True)
heading = st.container()
choices = st.columns(2)
with choices[0]:
    unit = choose_unit()
unit_name = shared.unit_name(unit)
months = ask.months(org_unit_key=unit)
if months.is_empty():
    heading.title(text("headline.nothing"), anchor=False)
    st.info(text("picture.empty", unit=unit_name))
else:
    complete = months.filter("is_complete")
    latest = (complete if complete.height else months)["period_start"][0]
    with choices[1]:
        month = choose_period("month", months["period_start"].to_list(), "month", default=latest)
    parts = ask.components(org_unit_key=unit, month=month.isoformat())
    weeks = ask.weekly_trend(org_unit_key=unit, until=month_end(month).isoformat())
    changes = findings.changes(weeks.to_dicts())
    span = weeks["period_start"].n_unique()
    heading.title(findings.ecosystem_headline(parts.to_dicts(), changes, weeks=span), anchor=False)
    tiles(ecosystem_tiles(unit, month, as_of=build["as_of"]))
    with st.container(border=True):
        volume, trend, modes = st.columns(3, gap="medium")
        with volume:
            draw_volume(parts)
        with trend:
            if weeks.is_empty():
                st.info(text("trend.too_short"))
            else:
                draw_trend(weeks, changes)
        with modes:
            draw_modes(ask.mode_mix(org_unit_key=unit, month=month.isoformat()), parts)
