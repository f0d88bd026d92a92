"""One server over the small published file, and one Chromium, for all browser tests."""

import pytest
from playwright.sync_api import sync_playwright

from tests.dashboards.published_fixture import publish
from tests.e2e.serving import CHROMIUM, FLAGS, NO_CHROMIUM, dashboards


@pytest.fixture(scope="session")
def published_home(tmp_path_factory):
    """A data folder with the small published file in it."""
    home = tmp_path_factory.mktemp("tilth")
    publish(home)
    return home


@pytest.fixture(scope="session")
def address(published_home):
    """Where the dashboards answer."""
    if CHROMIUM is None:
        pytest.skip(NO_CHROMIUM)
    with dashboards(published_home) as served:
        yield served


@pytest.fixture(scope="session")
def browser():
    """The system's Chromium."""
    if CHROMIUM is None:
        pytest.skip(NO_CHROMIUM)
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()
