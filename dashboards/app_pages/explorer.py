"""One component of one unit over a range of periods: trend, activities, verbs, every number."""

import streamlit as st

from dashboards import findings, formats, frames
from dashboards.access import current_reader
from dashboards.explorer_figures import View, draw_details, draw_every_period, draw_trend
from dashboards.filters import choose, choose_grain, choose_range, choose_unit
from dashboards.queries import explorer as ask
from dashboards.queries import shared
from dashboards.silence import draw_silence
from dashboards.strings.catalogue import text

MEASURES = ("active_seconds", "learner_count", "event_count")
GRAINS = ("week", "month", "quarter")

heading = st.container()
home = current_reader().home_unit
top, below = st.columns(2), st.columns(4)
components = {row["component"]: row for row in ask.component_choices(org_unit_key=home).to_dicts()}
titles = {key: row["component_title"] for key, row in components.items()}
with top[0]:
    used = [key for key, row in components.items() if row["is_used"]]
    component = choose("component", titles, default=next(iter(used or titles)))
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
    draw_silence(unit, unit_name)
    first, last = choose_range(periods, grain, below[1], below[2])
    view = View(
        component=component,
        unit=unit,
        unit_name=unit_name,
        grain=grain,
        measure=measure,
        range_words=formats.periods(first, last, grain),
        as_of=shared.build()["as_of"][0],
    )
    found = ask.component_periods(
        component=component,
        org_unit_key=unit,
        grain=grain,
        first=first.isoformat(),
        last=last.isoformat(),
    )
    heading_words = findings.explorer_headline(
        title, frames.recorded(found, measure), grain, measure
    )
    if not found["is_recorded"].any():
        st.info(text("explorer.empty", component=title, unit=unit_name, range=view.range_words))
    else:
        with st.container(border=True):
            draw_trend(view, found)
        draw_details(view, last)
        draw_every_period(view, found)
else:
    st.info(text("picture.empty", unit=unit_name))
heading.title(heading_words, anchor=False)
heading.caption(". ".join(filter(None, (about["metaphor"], about["description"]))))
