"""Every page of the registry, through the entry point, on the small published file."""

import json
import re

import duckdb
import pytest

from dashboards.navigation import PAGES
from tests.dashboards.published_fixture import publish
from tests.dashboards.published_numbers import COMPONENTS, MONTHS, period_seconds

PATHS = [page.path for page in PAGES]


def words_of(page):
    kinds = (page.title, page.subheader, page.caption, page.info, page.error, page.markdown)
    return " ".join(str(each.value) for kind in kinds for each in kind)


@pytest.mark.parametrize("path", PATHS)
def test_every_page_renders_and_opens_on_a_finding(published, open_page, path):
    page = open_page(path)
    assert not page.exception
    assert not [each for each in page.error if "tilth run" in each.value]
    assert any(character.isdigit() for character in page.title[0].value)
    assert "1 Jul 2026" in page.caption[-1].value


@pytest.mark.parametrize("path", PATHS)
def test_every_page_over_an_empty_build_says_what_to_do(home, open_page, path):
    publish(home, has_statements=False)
    page = open_page(path)
    assert not page.exception
    assert "tilth run" in page.info[0].value


@pytest.mark.parametrize("path", PATHS)
def test_a_group_too_small_shows_no_number_of_its_people(published, open_page, path):
    page = open_page(path, unit="sales")
    assert not page.exception
    if not path.endswith("health.py"):
        assert "too few people" in page.title[0].value.lower()
        assert all(tile.value == "–" for tile in page.metric)


def test_the_headline_of_the_ecosystem_is_the_published_share(published, open_page):
    june = MONTHS[5]
    seconds = {code: period_seconds(code, "month", june) for code in COMPONENTS}
    share = seconds["practice"] / sum(seconds.values())
    headline = open_page(month=june.isoformat()).title[0].value
    assert headline.startswith(f"{share * 100:.0f}\u00a0% of learning time went to practice")


def test_the_tiles_show_the_published_metrics(published, open_page):
    tiles = {tile.label: tile.value for tile in open_page(month="2026-06-01").metric}
    assert tiles == {
        "Weekly active learners": "26",
        "Minutes per learner": "230\u00a0min",
        "Interactivity": "35\u00a0%",
        "Evenness": "0.90",
    }


def test_the_month_that_is_still_running_is_not_the_one_that_opens(published, open_page):
    assert open_page().selectbox(key="filter_month").value == "2026-06-01"


def test_without_a_catalogue_the_mode_mix_is_unknown_and_says_which_file_is_missing(
    home, open_page
):
    publish(home, has_catalogue=False)
    page = open_page()
    assert "Mode mix is unknown" in words_of(page)
    assert "content_catalogue.csv" in words_of(page)


def test_the_mode_mix_carries_its_caveat_and_its_coverage(published, open_page):
    words = words_of(open_page())
    assert "never a target" in words
    assert "unknown, no source says how much it should send" in words


def test_a_filter_changes_what_the_explorer_shows_and_stands_in_the_address(published, open_page):
    page = open_page("app_pages/explorer.py")
    page.selectbox(key="filter_component").select("practice").run()
    assert page.title[0].value.startswith("Practice environments")
    assert page.query_params["component"] == "practice"


def test_a_link_opens_the_view_that_it_names(published, open_page):
    page = open_page(
        "app_pages/explorer.py",
        component="on_the_job",
        unit="engineering",
        grain="month",
        **{"from": "2026-02-01", "to": "2026-05-01"},
    )
    assert page.title[0].value == "On-the-job learning: 4 months, no trend yet"
    assert "Engineering, February 2026 – May 2026" in words_of(page)


def test_an_address_that_asks_for_nonsense_falls_back_and_says_so(published, open_page):
    page = open_page(unit="no_such_unit", month="yesterday")
    assert not page.exception
    assert [each.value for each in page.info] == [
        "The address asks for a Unit that is not there; Acorn Works is shown instead.",
        "The address asks for a Month that is not there; June 2026 is shown instead.",
    ]


def test_a_range_that_runs_backwards_is_turned_round(published, open_page):
    page = open_page(
        "app_pages/explorer.py", grain="month", **{"from": "2026-05-01", "to": "2026-02-01"}
    )
    assert "February 2026 – May 2026" in words_of(page)


def test_a_unit_without_learning_gets_a_sentence_and_no_chart(published, open_page):
    page = open_page("app_pages/explorer.py", unit="archive")
    assert "Nothing was recorded for Archive" in page.info[0].value


def test_units_are_offered_as_the_tree_that_they_are(published, open_page):
    labels = open_page().selectbox(key="filter_unit").options
    assert [label.strip("\u2007") for label in labels] == [
        "Acorn Works",
        "Archive",
        "Engineering",
        "Platform",
        "Sales",
    ]
    assert labels[3].startswith("\u2007" * 4)


def test_data_health_counts_what_was_read_and_names_the_rule_that_refused(published, open_page):
    page = open_page("app_pages/health.py")
    assert {tile.label: tile.value for tile in page.metric} == {
        "Read": "27,500",
        "Unique": "27,388",
        "Rejected": "42",
        "Duplicates": "65",
        "Conflicts": "5",
        "Voided": "34",
    }
    rules = [frame.value for frame in page.dataframe if "Rule" in frame.value.columns]
    assert "verb_has_an_iri" in rules[0]["Rule"].tolist()
    assert "lms_2026-05.ndjson" in rules[0]["First in"].tolist()


def test_coverage_without_a_count_of_the_source_is_unknown_never_full(published, open_page):
    page = open_page("app_pages/health.py")
    coverage = next(frame.value for frame in page.dataframe if "Coverage" in frame.value.columns)
    assert set(coverage["Coverage"]) == {"unknown"}


SUBTITLE = re.compile(r", n = [\d,]+( to [\d,]+)? learners")


@pytest.mark.parametrize("path", ["app_pages/ecosystem.py", "app_pages/explorer.py"])
def test_every_figure_says_on_how_many_learners_it_rests_and_what_it_counts(
    published, open_page, path
):
    page = open_page(path)
    charts = page.get("vega_lite_chart")
    subtitles = [each.value for each in page.caption if "As of" in each.value]
    figures = [each for each in page.subheader if each.value != "Every period"]
    assert charts
    assert len(figures) == 3
    assert [words for words in subtitles if not SUBTITLE.search(words)] == []
    assert len(subtitles) == 3
    assert all("Beware" in each.help for each in figures)


def test_a_range_of_periods_names_the_least_and_the_most_learners(published, open_page):
    assert "n = 40 learners" in words_of(open_page("app_pages/explorer.py"))
    assert "n = 26 to 30 learners a period" in words_of(open_page())


def test_a_share_in_a_table_has_no_decimals_and_its_file_keeps_them(published, open_page):
    page = open_page("app_pages/explorer.py")
    table = next(each for each in page.dataframe if "Share" in each.value.columns)
    settings = json.loads(table.proto.columns)
    assert settings["Share"]["type_config"]["format"] == "%.0f\u00a0%%"
    assert settings["Hours"]["type_config"]["format"] == "%.1f"
    assert 1 < table.value["Share"].max() < 100


def test_activities_of_one_title_are_told_apart(published, open_page):
    page = open_page("app_pages/explorer.py")
    table = next(each.value for each in page.dataframe if "Activity" in each.value.columns)
    assert table["Activity"].is_unique
    assert "Weekly case clinic (2)" in table["Activity"].tolist()


def checks_of(page):
    return [each.value for each in page.dataframe if "What is claimed" in each.value.columns]


def test_checks_that_did_not_pass_stand_before_the_list_of_all(published, open_page):
    first, every = checks_of(open_page("app_pages/health.py"))
    assert first["Status"].tolist() == ["warned"]
    assert first["What was wrong"].tolist() == ["social has sent nothing for 90 hours"]
    assert every["What is claimed"].tolist() == [
        "Statements arrive daily",
        "Reconciliation adds up",
    ]


def test_checks_that_all_passed_are_one_sentence_and_a_list_behind_it(home, open_page):
    publish(home, has_warning=False)
    page = open_page("app_pages/health.py")
    assert "All 1 checks of the last run passed." in words_of(page)
    assert len(checks_of(page)) == 1
    assert "All 1 checks" in [each.label for each in page.expander]


def test_deliveries_of_one_day_are_said_in_words(home, open_page):
    publish(home, received_days=1)
    page = open_page("app_pages/health.py")
    assert not page.get("vega_lite_chart")
    assert "arrived on one day, 30 Jun 2026" in words_of(page)


def test_a_rule_is_told_by_its_note(published, open_page):
    page = open_page("app_pages/health.py")
    rules = next(each.value for each in page.dataframe if "Rule id" in each.value.columns)
    assert rules["Rule"].tolist()[0] == "Places what belongs to pathways."
    assert rules["Rule id"].tolist()[0] == "rule_pathways"


def test_a_month_that_is_still_running_is_marked_in_the_details(published, open_page):
    page = open_page("app_pages/explorer.py", grain="month", to="2026-07-01")
    assert "July 2026 (not over yet)" in words_of(page)


def change(path, statement):
    """Run one statement over a published file."""
    with duckdb.connect(str(path)) as connection:
        connection.execute(statement)


def test_a_company_that_has_been_silent_says_so_and_opens_on_its_last_month(home, open_page):
    change(
        publish(home),
        "delete from reports.rpt_component_periods where period_start >= date '2026-04-01'",
    )
    page = open_page()
    assert page.selectbox(key="filter_month").value == "2026-03-01"
    assert page.info[0].value == (
        "The newest learning of Acorn Works is of March 2026; nothing was recorded from then "
        "to 1 Jul 2026."
    )


def test_a_company_that_learns_now_is_not_called_silent(published, open_page):
    assert not open_page().info


def test_a_tile_never_shows_an_older_period_as_the_chosen_one(home, open_page):
    change(
        publish(home),
        "delete from metrics.metric_values where metric_id = 'X07' "
        "and period_start = date '2026-06-01'",
    )
    page = open_page(month="2026-06-01")
    assert {tile.label: tile.value for tile in page.metric}["Interactivity"] == "–"
    assert "June 2026: nothing recorded" in words_of(page)


def test_weeks_without_any_learning_stay_in_the_calendar(home, open_page):
    change(
        publish(home),
        "delete from reports.rpt_component_periods "
        "where period_start between date '2026-05-04' and date '2026-05-25'",
    )
    page = open_page("app_pages/explorer.py")
    table = next(each.value for each in page.dataframe if "Hours" in each.value.columns)
    weeks = table.set_index("Period")["Hours"]
    assert len(weeks) == 13
    assert weeks["week of 4 May 2026"] == 0
    assert "13 full weeks to 28 Jun 2026" in words_of(open_page())


def test_the_explorer_opens_on_a_component_that_is_used(home, open_page):
    change(
        publish(home),
        "delete from reports.rpt_component_periods where component <> 'practice'",
    )
    page = open_page("app_pages/explorer.py")
    assert page.selectbox(key="filter_component").value == "practice"


def test_a_month_that_is_hidden_is_not_the_one_that_opens(home, open_page):
    change(
        publish(home),
        "update reports.rpt_component_periods set is_suppressed = true, active_seconds = null "
        "where period_start >= date '2026-05-25'",
    )
    assert open_page().selectbox(key="filter_month").value == "2026-05-01"
    explorer = open_page("app_pages/explorer.py")
    assert explorer.selectbox(key="filter_from").value == "2026-02-23"
    assert explorer.selectbox(key="filter_to").value == "2026-05-18"


def test_every_quality_metric_is_defined_beside_its_figures(published, open_page):
    words = words_of(open_page("app_pages/health.py"))
    assert "**Lateness** (DQ02)" in words
    assert "**Implausible duration** (DQ07)" in words


def test_the_activity_that_reaches_most_people_is_the_one_with_most_learners(home, open_page):
    change(
        publish(home),
        "update reports.rpt_component_activities set learner_count = 39 where activity_rank = 3",
    )
    page = open_page("app_pages/explorer.py")
    assert "Of what may be shown, “Weekly case clinic (1)” reaches most people" in words_of(page)
