"""What stands in a tooltip: which column of the frame under which word."""

import altair as alt

from dashboards.strings.catalogue import text

FIELDS = {
    "row": "name:N",
    "period": "period_label:N",
    "value": "value_label:N",
    "mode": "mode_title:N",
    "share": "value_label:N",
    "note": "note:N",
}


def tooltips(*names: str) -> list[alt.Tooltip]:
    """The tooltip of those names, each under its word, looked up when the chart is drawn."""
    return [alt.Tooltip(FIELDS[name], title=text(f"tooltip.{name}")) for name in names]
