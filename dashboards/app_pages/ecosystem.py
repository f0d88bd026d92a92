"""How the five components stand: volume, trend and mode mix of one unit in one month."""

import streamlit as st

from dashboards import findings
from dashboards.ecosystem_figures import View, draw_modes, draw_trend, draw_volume
from dashboards.figures import tiles
from dashboards.filters import best, choose_period, choose_unit
from dashboards.indicators import ecosystem_tiles, month_end
from dashboards.queries import ecosystem as ask
from dashboards.queries import shared
from dashboards.silence import draw_silence
from dashboards.strings.catalogue import text

as_of = shared.build()["as_of"][0]
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
    latest = best(months)["period_start"][0]
    with choices[1]:
        month = choose_period("month", months["period_start"].to_list(), "month", default=latest)
    view = View(unit=unit, unit_name=unit_name, month=month, as_of=as_of)
    parts = ask.components(org_unit_key=unit, month=month.isoformat())
    weeks = ask.weekly_trend(org_unit_key=unit, until=month_end(month).isoformat())
    changes = findings.changes(weeks.to_dicts())
    span = weeks["period_start"].n_unique()
    heading.title(findings.ecosystem_headline(parts.to_dicts(), changes, weeks=span), anchor=False)
    draw_silence(unit, unit_name)
    tiles(ecosystem_tiles(unit, month, as_of=as_of))
    with st.container(border=True):
        volume, trend, modes = st.columns(3, gap="medium")
        with volume:
            draw_volume(view, parts)
        with trend:
            draw_trend(view, weeks, changes)
        with modes:
            draw_modes(view, parts)
