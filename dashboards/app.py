"""Entry point: navigation and what every page shares. Content lives in ``app_pages``."""

import streamlit as st

from dashboards.access import current_reader, may_open
from dashboards.foot import draw_foot
from dashboards.navigation import PAGES
from dashboards.strings.catalogue import text
from xapi_ingest.errors import TilthError

st.set_page_config(page_title=text("product"), layout="wide", initial_sidebar_state=220)
reader = current_reader()
page = st.navigation(
    [
        st.Page(
            spec.path,
            title=text(spec.title_key),
            url_path=spec.url_path or None,
            default=not spec.url_path,
        )
        for spec in PAGES
        if may_open(reader, spec)
    ]
)
try:
    page.run()
    draw_foot()
except TilthError as error:
    st.title(page.title, anchor=False)
    st.error(str(error))
