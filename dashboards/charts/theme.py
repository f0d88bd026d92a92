"""The look of every chart: one Altair theme, registered for light and for dark pages."""

from typing import Any

import altair as alt

from dashboards.charts.palette import Palette, ThemeType, palette_of

Chart = alt.Chart | alt.LayerChart | alt.FacetChart
FONT = '"Source Sans", "Source Sans 3", system-ui, sans-serif'
# Left to itself Streamlit takes 20 pixels under the drawing from every chart.
PADDING = {"left": 0, "top": 0, "right": 0, "bottom": 2}


def chart_config(palette: Palette) -> dict[str, Any]:
    """The Vega-Lite configuration for a page of that palette."""
    words = {"labelColor": palette.text_muted, "titleColor": palette.text_muted}
    return {
        "background": "transparent",
        "font": FONT,
        "view": {"stroke": None},
        "text": {"color": palette.text, "fontSize": 13, "font": FONT},
        "bar": {"color": palette.actual},
        "line": {"color": palette.actual, "strokeWidth": 2},
        "point": {"color": palette.actual, "filled": True, "size": 50},
        "rule": {"color": palette.rule},
        "axis": {
            **words,
            "labelFontSize": 12,
            "titleFontSize": 12,
            "titleFontWeight": "normal",
            "grid": False,
            "domain": False,
            "ticks": False,
            "labelPadding": 6,
            "labelOverlap": True,
        },
        "legend": {**words, "labelFontSize": 12, "title": None, "orient": "top"},
    }


def styled(chart: Chart, theme: ThemeType) -> Chart:
    """The chart in the look of that page."""
    chosen: Chart = chart.configure(**chart_config(palette_of(theme))).properties(padding=PADDING)
    return chosen
