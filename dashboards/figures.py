"""How a figure, a tile and a table stand on a page: the same everywhere.

A figure has its finding as title, metric, unit, population, period, n and as-of below it, the
chart, and the table behind it with its CSV. Draws with Streamlit; asks and computes nothing.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl
import streamlit as st

from dashboards import formats
from dashboards.charts.palette import ThemeType
from dashboards.charts.sparkline import sparkline
from dashboards.charts.theme import Chart
from dashboards.strings.catalogue import text

WHOLE = 14  # rows: a table of a first range stands whole, a longer one scrolls


@dataclass(frozen=True)
class Source:
    """What a figure is about, in words: printed under its title.

    ``people`` are the learners behind it, one number or one for each period shown.
    """

    metric: str
    unit: str
    population: str
    period: str
    as_of: dt.datetime | None
    people: Sequence[int | None] = ()

    @property
    def words(self) -> str:
        """The subtitle."""
        return text(
            "figure.subtitle",
            metric=self.metric,
            unit=self.unit,
            population=self.population,
            period=self.period,
            n=_people_words([each for each in self.people if each is not None]),
            as_of=formats.day(self.as_of),
        )


def _people_words(known: Sequence[int]) -> str:
    if not known:
        return ""
    low, high = formats.count(min(known)), formats.count(max(known))
    return text("figure.n", n=high) if low == high else text("figure.n.each", low=low, high=high)


def page_theme() -> ThemeType:
    """Whether the page is dark now."""
    return "dark" if st.context.theme.type == "dark" else "light"


def definition_help(definition: pl.DataFrame) -> str | None:
    """The definition of a metric for a help mark; None when the catalogue has none."""
    if definition.is_empty():
        return None
    row = definition.row(0, named=True)
    return text("figure.definition", **{key: row[key] or "–" for key in DEFINITION})


def measure_help(measure: str) -> str:
    """What a measure of the reports counts, and what to beware of."""
    return text(f"measure.{measure}.help")


DEFINITION = ("metric_id", "name", "question", "formula", "caveat")


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One chart with everything that it owes to its reader.

    ``words_below`` puts the subtitle under chart and table, so that charts side by side line up;
    ``caveat`` stands under everything.
    """

    title: str
    source: Source
    chart: Chart
    table: pl.DataFrame
    file_name: str
    explanation: str | None = None
    words_below: bool = False
    caveat: str = ""


def draw_figure(figure: Figure) -> None:
    """The title with its definition, the chart, the table behind it, and what it is about."""
    words = figure.source.words
    st.subheader(figure.title, anchor=False, help=figure.explanation)
    if not figure.words_below:
        st.caption(words)
    st.altair_chart(figure.chart, width="stretch", theme=None, alt=f"{figure.title}. {words}")
    with st.expander(text("figure.data")):
        data_table(figure.table, alt=figure.title)
        download(figure.table, file_name=figure.file_name)
    below = [words if figure.words_below else "", figure.caveat]
    if any(below):
        st.caption("\n\n".join(filter(None, below)))


def data_table(table: pl.DataFrame, *, alt: str) -> None:
    """A table that sorts, without an index column."""
    settings = {
        name: _column(name, kind, is_first=place == 0)
        for place, (name, kind) in enumerate(table.schema.items())
    }
    share = text("column.active_seconds_share")
    if share in table.columns and table.schema[share].is_float():
        table = table.with_columns(pl.col(share) * 100)  # shown only: the file keeps 0 to 1
    st.dataframe(
        table,
        width="stretch",
        height="content" if table.height <= WHOLE else "auto",
        hide_index=True,
        column_config=settings,
        alt=alt,
        placeholder="–",
    )


def _column(name: str, kind: pl.DataType, *, is_first: bool) -> Any:
    """How a column is written: shares as per cent, hours with one decimal, dates as words.

    The first stays in sight where the table is wider than the page.
    """
    if isinstance(kind, pl.Datetime):
        return st.column_config.DatetimeColumn(format=text("table.moment"), pinned=is_first)
    if isinstance(kind, pl.Date):
        return st.column_config.DateColumn(format=text("table.day"), pinned=is_first)
    if kind.is_float():
        is_share = name == text("column.active_seconds_share")
        style = text("table.share") if is_share else "%.1f"
        return st.column_config.NumberColumn(format=style, pinned=is_first)
    if kind.is_integer():
        return st.column_config.NumberColumn(format="localized", pinned=is_first)
    return st.column_config.TextColumn(pinned=is_first)


def download(table: pl.DataFrame, *, file_name: str) -> None:
    """The table as a file."""
    st.download_button(
        text("figure.download"),
        table.write_csv(),
        file_name=f"{file_name}.csv",
        mime="text/csv",
        key=f"download_{file_name}",
        on_click="ignore",
    )


@dataclass(frozen=True)
class Tile:
    """One number with its last periods and, in words, what it stands for."""

    label: str
    value: str
    note: str
    series: list[float] = field(default_factory=list)
    explanation: str | None = None


def tiles(row: list[Tile]) -> None:
    """Tiles side by side, one under the other where it is narrow."""
    for column, tile in zip(st.columns(len(row)), row, strict=True):
        with column.container(border=True, height="stretch"):
            st.metric(tile.label, tile.value, help=tile.explanation)
            if len(tile.series) > 1:  # Streamlit's own small chart has no name for a screen reader
                words = text("kpi.trend", label=tile.label, count=len(tile.series))
                chart = sparkline(tile.series, theme=page_theme())
                st.altair_chart(chart, width="stretch", theme=None, alt=words)
            st.caption(tile.note)
