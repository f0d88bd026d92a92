"""Charts whose rows are components or sources: shares, sparklines and mode mix, one band a row.

A frame in, an Altair chart out. All of them lay their rows on the same bands, so that charts
that stand side by side line up. No Streamlit, no queries.
"""

from collections.abc import Mapping, Sequence

import altair as alt
import polars as pl

from dashboards.charts.palette import ThemeType, palette_of
from dashboards.charts.theme import Chart, styled
from dashboards.charts.tooltips import tooltips

HEAD = 0.42  # of a band: the line over the rows, for a legend or a column's heading
BAND = 68  # pixels a row: a line of words over a drawing
WORDS = 0.2  # where in the band the words stand
LEGEND_GAP = 2  # letters between two names of a legend
TOP, BOTTOM = 0.44, 0.86  # where in the band the drawing stands


def _y(field: str, rows: int) -> alt.Y:
    scale = alt.Scale(domain=[-HEAD, rows], reverse=True, nice=False, zero=False)
    return alt.Y(f"{field}:Q", scale=scale, axis=None)


def _with_bands(frame: pl.DataFrame, name: str) -> tuple[pl.DataFrame, int]:
    order = {value: number for number, value in enumerate(frame[name].unique(maintain_order=True))}
    row = pl.col(name).replace_strict(order, return_dtype=pl.Float64)
    placed = frame.with_columns(
        y_words=row + WORDS,
        y_top=row + TOP,
        y_bottom=row + BOTTOM,
        y_middle=row + (TOP + BOTTOM) / 2,
    )
    return placed, len(order)


def _names(base: alt.Chart, rows: int) -> alt.Chart:
    chart: alt.Chart = base.mark_text(align="left", fontWeight=600).encode(
        x=alt.value(0), y=_y("y_words", rows), text="name:N"
    )
    return chart


def _heading(words: str, rows: int, colour: str) -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart(pl.DataFrame({"words": [words], "y_head": [WORDS - HEAD]}))
        .mark_text(align="right", color=colour, fontSize=12)
        .encode(x=alt.value("width"), y=_y("y_head", rows), text="words:N")
    )
    return chart


def share_rows(frame: pl.DataFrame, *, theme: ThemeType) -> Chart:
    """One bar per row from ``share`` (0 to 1), with ``name`` and ``value_label`` in words.

    A null share draws no bar; its label says why.
    """
    colours = palette_of(theme)
    placed, rows = _with_bands(frame, "name")
    placed = placed.with_columns(zero=pl.lit(0.0))
    largest = max(placed["share"].drop_nulls().to_list() or [1.0])
    x = alt.X("share:Q", scale=alt.Scale(domain=[0, largest * 1.28], nice=False), axis=None)
    base = alt.Chart(placed)
    bars = (
        base.transform_filter("isValid(datum.share)")
        .mark_bar()
        .encode(
            x=x,
            y=_y("y_top", rows),
            x2="zero:Q",
            y2="y_bottom:Q",
            color=alt.value(colours.actual),
            tooltip=tooltips("row", "value"),
        )
    )
    values = (
        base.transform_calculate(at="isValid(datum.share) ? datum.share : 0")
        .mark_text(align="left", dx=6, fontSize=14, fontWeight=600)
        .encode(x=alt.X("at:Q"), y=_y("y_middle", rows), text="value_label:N")
    )
    layers = alt.layer(bars, values, _names(base, rows))
    return styled(layers.properties(height=BAND * (rows + HEAD), width="container"), theme)


def _spark_height() -> pl.Expr:
    """Where a value stands in its row's band; a null stays null and breaks the line."""
    highest = pl.col("value").max().over("name")
    height = pl.when(highest > 0).then(pl.col("value") / highest).otherwise(pl.col("value"))
    return pl.col("y_bottom") - (BOTTOM - TOP) * height


def spark_rows(frame: pl.DataFrame, *, heading: str, theme: ThemeType) -> Chart:
    """One line per row over ``period_start``, each from zero to its own highest ``value``.

    ``name`` and ``label`` stand over the line, ``heading`` over the labels; a null value leaves
    a gap.
    """
    colours = palette_of(theme)
    placed, rows = _with_bands(frame, "name")
    placed = placed.with_columns(y_value=_spark_height())
    x = alt.X("period_start:T", axis=None, scale=alt.Scale(padding=6))
    base = alt.Chart(placed)
    floor = base.mark_rule().encode(y=_y("y_bottom", rows))
    line = base.mark_line(invalid="break-paths-show-domains").encode(
        x=x, y=_y("y_value", rows), detail="name:N", color=alt.value(colours.actual)
    )
    points = base.mark_point(opacity=0, size=160).encode(
        x=x, y=_y("y_value", rows), tooltip=tooltips("row", "period", "value")
    )
    last = placed.filter(pl.col("value").is_not_null()).group_by("name", maintain_order=True).last()
    filled = alt.condition(
        "datum.is_provisional", alt.value(colours.page), alt.value(colours.actual)
    )
    ends = alt.Chart(last).mark_point(opacity=1)
    end = ends.encode(x=x, y=_y("y_value", rows), fill=filled, stroke=alt.value(colours.actual))
    heads = placed.group_by("name", maintain_order=True).first()
    words = alt.Chart(heads)
    labels = words.mark_text(align="right", color=colours.text_muted).encode(
        x=alt.value("width"), y=_y("y_words", rows), text="label:N"
    )
    names = _names(words, rows)
    head = _heading(heading, rows, colours.text_muted)
    layers = alt.layer(floor, line, end, points, labels, names, head)
    return styled(layers.properties(height=BAND * (rows + HEAD), width="container"), theme)


def _legend(
    entries: Sequence[tuple[str, str]], rows: int, colours: Mapping[str, str]
) -> list[alt.Chart]:
    """Names in their own colours, spread over the width by the length of each."""
    lengths = [len(words) + LEGEND_GAP for _, words in entries]
    layers = []
    for place, (mode, words) in enumerate(entries):
        at = sum(lengths[:place]) / sum(lengths)
        frame = pl.DataFrame({"words": [words], "share_from": [at], "y_head": [WORDS - HEAD]})
        layers.append(
            alt.Chart(frame)
            .mark_text(align="left", fontWeight=600, fontSize=12, color=colours[mode])
            .encode(x=alt.X("share_from:Q"), y=_y("y_head", rows), text="words:N")
        )
    return layers


def mode_rows(frame: pl.DataFrame, *, legend: Sequence[tuple[str, str]], theme: ThemeType) -> Chart:
    """One stacked bar per row: ``share_from`` to ``share_to`` in the colour of ``mode``.

    ``legend`` names each mode, in its colour, over the rows.
    ``value_label`` stands inside the pieces that are wide enough for it; ``row_note`` says in
    words why a row has no bar.
    """
    colours = palette_of(theme)
    placed, rows = _with_bands(frame, "name")
    scale = alt.Scale(domain=list(colours.modes), range=list(colours.modes.values()))
    x = alt.X("share_from:Q", scale=alt.Scale(domain=[0, 1], nice=False), axis=None)
    base = alt.Chart(placed)
    bars = (
        base.transform_filter("isValid(datum.share_from)")
        .mark_bar(stroke=colours.page, strokeWidth=2)
        .encode(
            x=x,
            x2="share_to:Q",
            y=_y("y_top", rows),
            y2="y_bottom:Q",
            color=alt.Color("mode:N", scale=scale, legend=None),
            tooltip=tooltips("row", "mode", "share"),
        )
    )
    inside = (
        base.transform_filter("datum.share_to - datum.share_from >= 0.13")
        .transform_calculate(at="(datum.share_from + datum.share_to) / 2")
        .mark_text(color=colours.on_fill, fontWeight=600)
        .encode(x=alt.X("at:Q"), y=_y("y_middle", rows), text="value_label:N")
    )
    notes = (
        base.transform_filter("datum.row_note != ''")
        .mark_text(align="left", color=colours.text_muted)
        .encode(x=alt.value(0), y=_y("y_middle", rows), text="row_note:N")
    )
    heads = alt.Chart(placed.group_by("name", maintain_order=True).first())
    names = _names(heads, rows)
    layers = alt.layer(bars, inside, notes, names, *_legend(legend, rows, colours.modes))
    return styled(layers.properties(height=BAND * (rows + HEAD), width="container"), theme)
