"""The door to the published file: one sentence for everything that can be wrong with it."""

import pytest

from dashboards import published as reading
from dashboards.published import current_build, query
from pipelines.lib import published as writing
from tests.dashboards.published_fixture import publish
from xapi_ingest.errors import PublishedError


def point_to(home, name):
    (home / "published").mkdir(exist_ok=True)
    (home / "published" / "current").write_text(name, encoding="utf-8")


def test_the_pages_read_the_format_that_the_night_writes():
    assert (reading.FORMAT_VERSION, reading.FILE_NAME) == (
        writing.FORMAT_VERSION,
        writing.FILE_NAME,
    )


def test_nothing_published_says_what_to_run(home, open_page):
    page = open_page()
    assert not page.exception
    assert page.error[0].value == (
        "Nothing has been published yet. Run `tilth run`, then reload this page."
    )


def test_a_newer_format_asks_for_an_update(home, open_page):
    publish(home, format_version=99)
    page = open_page()
    assert not page.exception
    assert "format 99" in page.error[0].value
    assert "Update Tilth" in page.error[0].value


def test_an_older_format_asks_for_a_run(home, open_page):
    publish(home, format_version=0)
    assert "old format 0" in open_page().error[0].value


def test_a_pointer_that_leads_nowhere_says_so(home):
    point_to(home, "gone\n")
    with pytest.raises(PublishedError, match="not there"):
        current_build()


def test_a_file_that_is_no_database_says_so(home):
    publish(home).write_bytes(b"not a database" * 500)
    with pytest.raises(PublishedError, match="damaged"):
        query("select 1 as one")


def test_a_file_without_the_tables_asked_for_says_so(published):
    with pytest.raises(PublishedError, match="lacks something"):
        query("select nothing_of_that_name from reports.rpt_component_periods")


def test_a_new_build_is_seen_at_the_next_question(published):
    before = query("select build_id from ops.build")["build_id"][0]
    publish(published, build_id="20260702T020000Z-next")
    after = query("select build_id from ops.build")["build_id"][0]
    assert (before, after) == ("20260701T020000Z-test", "20260702T020000Z-next")


def test_a_build_that_was_swapped_and_cleared_away_is_not_missed(published):
    old = current_build()
    publish(published, build_id="20260702T020000Z-next")
    old.path.unlink()
    assert query("select build_id from ops.build")["build_id"][0] == "20260702T020000Z-next"


@pytest.mark.parametrize(
    "harmful",
    [
        "create table reports.mine (a int)",
        "select * from read_csv('/etc/hostname')",
        "attach 'other.duckdb'",
    ],
)
def test_a_question_can_do_no_harm(published, harmful):
    with pytest.raises(Exception, match=r"read-only|disabled|Permission|Error"):
        query(harmful)


def test_a_value_is_a_parameter_and_never_sql(published):
    rows = query("select $name as given", name="'; drop table ops.build; --")
    assert rows["given"][0] == "'; drop table ops.build; --"
