"""The foot of every page: which build, as of when, what is hidden, and whether it is old."""

import datetime as dt

import streamlit as st

from dashboards import formats
from dashboards.queries import shared
from dashboards.strings.catalogue import text
from xapi_ingest.settings import load_settings


def draw_foot() -> None:
    """Draws the foot; a file that has not been renewed for long says so."""
    row = shared.build().row(0, named=True)
    settings = load_settings()
    age = (dt.datetime.now(tz=dt.UTC).replace(tzinfo=None) - row["built_at"]).total_seconds() / 3600
    st.divider()
    if age > settings.stale_hours:
        st.warning(text("foot.stale", age=formats.length(age)))
    st.caption(
        " ".join(
            (
                text(
                    "foot.as_of",
                    as_of=formats.moment(row["as_of"]),
                    built_at=formats.moment(row["built_at"]),
                    build=row["build_id"],
                    code=row["code_version"],
                ),
                text("foot.suppressed", cell=settings.thresholds.minimum_cell),
            )
        )
    )
