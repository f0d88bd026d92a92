"""Columns over time and bars by name: a frame in, an Altair chart out. No Streamlit, no queries."""

import altair as alt
import polars as pl

from dashboards.charts.palette import ThemeType, palette_of
from dashboards.charts.theme import Chart, styled
from dashboards.charts.tooltips import tooltips

ROOM = 44  # pixels that a column's number needs; without them only the last one carries it
STEP = 44  # pixels a named bar: a line of words over a bar


def period_columns(frame: pl.DataFrame, *, unit: str, theme: ThemeType) -> Chart:
    """One column per period of ``value``; a provisional one is outlined, a hidden one is a word.

    Expects ``period_start``, ``period_label``, ``short_label``, ``value`` (null when hidden),
    ``value_label``, ``is_provisional`` and ``note``.
    """
    colours = palette_of(theme)
    order = frame["short_label"].to_list()
    x = alt.X(
        "short_label:N",
        sort=order,
        title=None,
        axis=alt.Axis(labelAngle=0, labelOverlap=True),
        scale=alt.Scale(paddingInner=0.28),
    )
    # Without this an axis of zeros alone runs below nothing.
    largest = max(frame["value"].drop_nulls().to_list() or [0.0])
    scale = alt.Undefined if largest else alt.Scale(domain=[0, 1])
    y = alt.Y(
        "value:Q",
        title=unit,
        scale=scale,
        axis=alt.Axis(tickCount=4, grid=True, gridColor=colours.rule),
    )
    base = alt.Chart(frame).encode(x=x)
    columns = base.mark_bar(strokeWidth=2).encode(
        y=y,
        fill=alt.condition(
            "datum.is_provisional", alt.value(colours.page), alt.value(colours.actual)
        ),
        stroke=alt.value(colours.actual),
        tooltip=[
            *tooltips("period"),
            alt.Tooltip("value_label:N", title=unit),
            *tooltips("note"),
        ],
    )
    values = _numbers(frame, x=x, y=y)
    hidden = (
        base.transform_filter("!isValid(datum.value)")
        .mark_text(angle=270, align="left", color=colours.text_muted)
        .encode(y=alt.datum(0), text="note:N")
    )
    return styled(
        alt.layer(columns, values, hidden).properties(height=300, width="container"), theme
    )


def _numbers(frame: pl.DataFrame, *, x: alt.X, y: alt.Y) -> alt.Chart:
    """The number over each column; where it is narrow, over the last one only."""
    marked = frame.with_columns(is_last=pl.Series(range(frame.height)) == frame.height - 1)
    room = f"datum.is_last || width > {frame.height} * {ROOM}"
    chart: alt.Chart = (
        alt.Chart(marked)
        .transform_filter("isValid(datum.value)")
        .mark_text(dy=-9, fontSize=12)
        .encode(
            x=x,
            y=y,
            text="value_label:N",
            opacity=alt.condition(room, alt.value(1), alt.value(0)),
        )
    )
    return chart


def named_bars(frame: pl.DataFrame, *, theme: ThemeType) -> Chart:
    """One bar per ``name``, the words over the bar and ``value_label`` at its end.

    A null ``value`` draws no bar; its label says why.
    """
    colours = palette_of(theme)
    placed = frame.with_row_index("row").with_columns(row=pl.col("row").cast(pl.Float64))
    placed = placed.with_columns(
        y_words=pl.col("row") + 0.28, y_top=pl.col("row") + 0.54, y_bottom=pl.col("row") + 0.86
    )
    placed = placed.with_columns(zero=pl.lit(0.0))
    largest = max(placed["value"].drop_nulls().to_list() or [1.0])
    scale = alt.Scale(domain=[0, placed.height], reverse=True, nice=False)
    x = alt.X("value:Q", scale=alt.Scale(domain=[0, largest * 1.2], nice=False), axis=None)
    base = alt.Chart(placed)
    bars = (
        base.transform_filter("isValid(datum.value)")
        .mark_bar()
        .encode(
            x=x,
            x2="zero:Q",
            y=alt.Y("y_top:Q", scale=scale, axis=None),
            y2="y_bottom:Q",
            color=alt.value(colours.actual),
            tooltip=tooltips("row", "value"),
        )
    )
    values = (
        base.transform_calculate(
            at="isValid(datum.value) ? datum.value : 0", middle="(datum.y_top + datum.y_bottom) / 2"
        )
        .mark_text(align="left", dx=5, fontWeight=600)
        .encode(x=alt.X("at:Q"), y=alt.Y("middle:Q", scale=scale, axis=None), text="value_label:N")
    )
    names = base.mark_text(align="left", limit=alt.ExprRef("width")).encode(
        x=alt.value(0), y=alt.Y("y_words:Q", scale=scale, axis=None), text="name:N"
    )
    layers = alt.layer(bars, values, names)
    return styled(layers.properties(height=STEP * placed.height, width="container"), theme)
