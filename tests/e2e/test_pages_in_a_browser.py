"""Every page in Chromium: light and dark, wide and narrow, clean, private and accessible."""

import itertools
from urllib.parse import parse_qs, urlparse

import duckdb
import pytest
from axe_playwright_python.sync_playwright import Axe

from dashboards.navigation import PAGES
from tests.e2e.serving import settled

pytestmark = pytest.mark.browser

VIEWS = list(itertools.product(PAGES, ("light", "dark"), (1440, 360)))
WCAG = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
}
STREAMLITS_OWN = "_stcore/"  # on a page's own address it looks there first, then at the root


@pytest.fixture(scope="module")
def windows(browser):
    """One browser profile per scheme and width, so that what is the same is fetched once."""
    opened = {}

    def window(scheme, width):
        if (scheme, width) not in opened:
            opened[scheme, width] = browser.new_context(
                color_scheme=scheme, viewport={"width": width, "height": 900}
            )
        return opened[scheme, width]

    yield window
    for context in opened.values():
        context.close()


@pytest.fixture
def visit(windows, address):
    """Open an address in a tab of its own; what went wrong is kept beside the page."""
    tabs = []

    def go(path, *, scheme="light", width=1440):
        page = windows(scheme, width).new_page()
        tabs.append(page)
        page.complaints, page.asked = [], []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("console", lambda message: note(page, message))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(f"{address}/{path}")
        settled(page)
        return page

    yield go
    for page in tabs:
        page.close()


def note(page, message):
    if message.type == "error" and STREAMLITS_OWN not in message.location.get("url", ""):
        page.complaints.append(message.text)


def published_value(home, sql):
    (path,) = (home / "published").glob("*/tilth.duckdb")
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(sql).fetchone()[0]


HEADLINES = {
    "": (
        "select round(100 * min(active_seconds_share)) from reports.rpt_component_periods "
        "where org_unit_key = 'company' and period_grain = 'month' "
        "and period_start = date '2026-06-01'",
        "{:.0f}\u00a0% of learning time",
    ),
    "explorer": (
        "select component_title from marts.dim_components order by sort_order limit 1",
        "{}: learning time",
    ),
    "health": ("select sum(unique_count) from ops.reconciliation", "{:,} statements counted"),
}


@pytest.mark.parametrize(
    ("spec", "scheme", "width"),
    VIEWS,
    ids=[f"{spec.url_path or 'ecosystem'}-{scheme}-{width}" for spec, scheme, width in VIEWS],
)
def test_a_page_is_right_clean_private_and_accessible(visit, published_home, spec, scheme, width):
    page = visit(spec.url_path, scheme=scheme, width=width)
    sql, words = HEADLINES[spec.url_path]
    heading = page.locator("h1").first.inner_text()
    assert heading.startswith(words.format(published_value(published_home, sql)))
    assert page.complaints == []
    hosts = {urlparse(url).hostname for url in page.asked if urlparse(url).scheme != "data"}
    assert hosts - {"127.0.0.1", None} == set()
    overflow = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(overflow) <= 0
    found = Axe().run(page, options=WCAG).response["violations"]
    assert [(each["id"], [node["html"][:160] for node in each["nodes"]]) for each in found] == []


def test_a_filter_survives_a_reload(visit):
    page = visit("explorer")
    page.get_by_label("Component", exact=False).first.click()
    page.get_by_role("option", name="Practice environments").click()
    page.get_by_role("heading", name="Practice environments").wait_for()
    assert parse_qs(urlparse(page.url).query)["component"] == ["practice"]
    page.reload()
    settled(page)
    assert page.locator("h1").first.inner_text().startswith("Practice environments")


def test_a_download_holds_the_published_rows(visit):
    page = visit("explorer")
    with page.expect_download() as started:
        page.get_by_role("button", name="Download CSV").last.click()
    lines = started.value.path().read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("Period,Hours,Share,Events,Learners")
    assert len(lines) == 1 + 13


def test_the_data_behind_a_chart_opens_as_a_table(visit):
    page = visit("")
    page.get_by_text("Show data").first.click()
    page.locator("[data-testid=stDataFrame]").first.wait_for()


def test_the_charts_are_dark_where_the_page_is_dark(visit):
    page = visit("", scheme="dark")
    background = page.evaluate(
        "() => getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
    )
    assert background == "rgb(16, 22, 29)"
