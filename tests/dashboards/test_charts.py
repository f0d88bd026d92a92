"""The charts as specifications, their colours, and the theme of the pages."""

import tomllib
from pathlib import Path

import polars as pl
import pytest

from dashboards.charts.bars import named_bars, period_columns
from dashboards.charts.palette import DARK, LIGHT
from dashboards.charts.rows import mode_rows, share_rows, spark_rows
from dashboards.charts.sparkline import sparkline

CONFIG = Path(__file__).parents[2] / "dashboards" / ".streamlit" / "config.toml"
PALETTES = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@PALETTES
def test_words_reach_four_and_a_half_to_one(colours):
    on_page = [colours.text, colours.text_muted, *colours.modes.values(), colours.alert]
    assert min(contrast(colour, colours.page) for colour in on_page) >= 4.5
    assert min(contrast(colours.on_fill, fill) for fill in colours.modes.values()) >= 4.5


@PALETTES
def test_drawings_reach_three_to_one(colours):
    drawn = [colours.actual, colours.actual_soft, *colours.modes.values()]
    assert min(contrast(colour, colours.page) for colour in drawn) >= 3


@pytest.mark.parametrize(("name", "colours"), [("light", LIGHT), ("dark", DARK)])
def test_the_charts_stand_on_the_colour_of_the_page(name, colours):
    theme = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["theme"][name]
    assert theme["backgroundColor"] == colours.page
    assert theme["textColor"] == colours.text


def test_nothing_is_sent_home():
    settings = tomllib.loads(CONFIG.read_text(encoding="utf-8"))
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["server"]["address"] == "127.0.0.1"


def rows_of(chart, mark):
    spec = chart.to_dict(format="vega-lite")
    return [
        layer
        for layer in spec["layer"]
        if (layer["mark"] if isinstance(layer["mark"], str) else layer["mark"]["type"]) == mark
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_hidden_share_draws_no_bar_but_says_so(theme):
    frame = pl.DataFrame(
        {"name": ["A", "B"], "share": [0.4, None], "value_label": ["40 %", "hidden"]}
    )
    spec = share_rows(frame, theme=theme).to_dict()
    (bar,) = rows_of(share_rows(frame, theme=theme), "bar")
    assert bar["transform"] == [{"filter": "isValid(datum.share)"}]
    drawn = [row for rows in spec["datasets"].values() for row in rows]
    assert {row["value_label"] for row in drawn} == {"40 %", "hidden"}


def sparks(values):
    return pl.DataFrame(
        {
            "name": ["A"] * len(values),
            "period_start": [f"2026-01-0{day + 1}" for day in range(len(values))],
            "value": values,
            "label": ["x"] * len(values),
            "period_label": ["x"] * len(values),
            "value_label": ["x"] * len(values),
            "is_provisional": [False] * len(values),
        },
        schema_overrides={"value": pl.Float64},
    )


def heights(values):
    spec = spark_rows(sparks(values), heading="", theme="light").to_dict()
    rows = max(spec["datasets"].values(), key=len)
    return [row["y_value"] for row in rows]


def test_a_sparkline_starts_at_zero_and_ends_at_its_highest():
    low, high = heights([0.0, 8.0])
    assert (low, high) == (pytest.approx(0.86), pytest.approx(0.44))


def test_a_hidden_week_breaks_the_line_and_is_not_zero():
    assert heights([4.0, None, 8.0])[1] is None


def test_a_component_that_was_never_used_lies_on_the_floor():
    assert heights([0.0, 0.0]) == [pytest.approx(0.86)] * 2


def test_every_mode_is_named_in_its_own_colour():
    frame = pl.DataFrame(
        {
            "name": ["A"],
            "mode": ["formal"],
            "mode_title": ["Formal"],
            "share_from": [0.0],
            "share_to": [1.0],
            "value_label": ["100 %"],
            "row_note": [""],
        }
    )
    legend = [("formal", "Formal 100 %"), ("social", "Social 0 %")]
    texts = rows_of(mode_rows(frame, legend=legend, theme="dark"), "text")
    colours = {layer["mark"].get("color") for layer in texts}
    assert {DARK.formal, DARK.social} <= colours


def test_a_provisional_column_is_outlined_and_a_hidden_one_is_a_word():
    frame = pl.DataFrame(
        {
            "period_start": ["2026-01-01", "2026-02-01"],
            "period_label": ["January 2026", "February 2026"],
            "short_label": ["Jan 26", "Feb 26"],
            "value": [3.0, None],
            "value_label": ["3", "unknown"],
            "is_provisional": [True, False],
            "note": ["provisional", "hidden"],
        }
    )
    chart = period_columns(frame, unit="Hours", theme="light")
    (bar,) = rows_of(chart, "bar")
    assert bar["encoding"]["fill"]["condition"] == {
        "test": "datum.is_provisional",
        "value": LIGHT.page,
    }
    assert "note" in {layer["encoding"]["text"]["field"] for layer in rows_of(chart, "text")}


def test_bars_by_name_keep_the_order_that_they_are_given():
    frame = pl.DataFrame({"name": ["B", "A"], "value": [2.0, 1.0], "value_label": ["2", "1"]})
    spec = named_bars(frame, theme="light").to_dict()
    rows = max(spec["datasets"].values(), key=len)
    assert [(row["name"], row["row"]) for row in rows] == [("B", 0.0), ("A", 1.0)]


def test_the_line_of_a_tile_uses_all_of_its_height():
    spec = sparkline([60.0, 112.0], theme="light").to_dict()
    assert spec["padding"]["bottom"] < 5
    line, end = spec["layer"]
    for layer in (line, end):
        assert layer["encoding"]["y"]["scale"] == {"nice": False, "padding": 5, "zero": False}


def test_an_axis_of_zeros_alone_starts_at_nothing():
    frame = pl.DataFrame(
        {
            "period_start": ["2026-01-01"],
            "period_label": ["January 2026"],
            "short_label": ["Jan 26"],
            "value": [0.0],
            "value_label": ["0 h"],
            "is_provisional": [False],
            "note": [""],
        }
    )
    (bar,) = rows_of(period_columns(frame, unit="Hours", theme="light"), "bar")
    assert bar["encoding"]["y"]["scale"] == {"domain": [0, 1]}
