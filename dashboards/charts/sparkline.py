"""The small line of a tile: a series in, an Altair chart out. No Streamlit, no queries."""

import altair as alt
import polars as pl

from dashboards.charts.palette import ThemeType, palette_of
from dashboards.charts.theme import Chart, styled

HEIGHT = 44


def sparkline(values: list[float], *, theme: ThemeType) -> Chart:
    """A line through the values, oldest first, with a point at the last one."""
    colours = palette_of(theme)
    frame = pl.DataFrame({"place": range(len(values)), "value": values})
    x = alt.X("place:Q", axis=None, scale=alt.Scale(nice=False, padding=5))
    y = alt.Y("value:Q", axis=None, scale=alt.Scale(zero=False, nice=False, padding=5))
    line = alt.Chart(frame).mark_line().encode(x=x, y=y, color=alt.value(colours.actual))
    end = (
        alt.Chart(frame.tail(1))
        .mark_point(opacity=1)
        .encode(x=x, y=y, color=alt.value(colours.actual))
    )
    return styled(alt.layer(line, end).properties(height=HEIGHT, width="container"), theme)
