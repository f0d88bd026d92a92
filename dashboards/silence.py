"""Says that a unit has long been silent, where the newest figures are old ones."""

import datetime as dt

import streamlit as st

from dashboards import formats
from dashboards.queries import shared
from dashboards.strings.catalogue import text

MONTHS_IN_YEAR = 12


def silent_months(newest: dt.date, as_of: dt.datetime) -> int:
    """Full months without any learning between that month and the clock of the build."""
    months = (as_of.year - newest.year) * MONTHS_IN_YEAR + as_of.month - newest.month
    return max(0, months - 1)


def draw_silence(unit: str, unit_name: str) -> None:
    """One sentence when at least one full month has passed without any learning."""
    newest = shared.newest_month(unit)
    as_of = shared.build()["as_of"][0]
    if newest is None or not silent_months(newest, as_of):
        return
    month = formats.period(newest, "month")
    st.info(text("picture.silent", unit=unit_name, month=month, as_of=formats.day(as_of)))
