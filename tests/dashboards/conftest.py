"""A published file with known numbers, and the pages over it."""

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.dashboards.published_fixture import publish

APP = Path(__file__).parents[2] / "dashboards" / "app.py"


@pytest.fixture
def home(tmp_path, monkeypatch):
    """An empty data folder that the settings point at; nothing is left of an earlier cache."""
    monkeypatch.setenv("TILTH_HOME", str(tmp_path))
    st.cache_data.clear()
    return tmp_path


@pytest.fixture
def published(home):
    """The data folder with the small published file in it."""
    publish(home)
    return home


@pytest.fixture
def open_page():
    """A page of the registry through the entry point, with what its address asks for."""

    def open_it(path: str | None = None, **address: str) -> AppTest:
        test = AppTest.from_file(APP, default_timeout=60)
        if path is not None:
            test = test.switch_page(path)
        for name, value in address.items():
            test.query_params[name] = value
        return test.run()

    return open_it
