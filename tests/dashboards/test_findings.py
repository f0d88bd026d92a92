"""The rules that write the headings, on numbers small enough to check by eye."""

import datetime as dt

import pytest

from dashboards import findings, health_findings

GAP = "\u00a0"


def component(code, share, *, hidden=False):
    title = {"practice": "Practice environments", "pathways": "Guided pathways"}[code]
    return {
        "component": code,
        "component_title": title,
        "active_seconds_share": share,
        "is_suppressed": hidden,
    }


def test_a_change_compares_the_last_four_weeks_with_the_first_four():
    assert findings.change([10, 10, 10, 10, 99, 12, 12, 12, 12]) == pytest.approx(0.2)


@pytest.mark.parametrize(
    "values", [[], [1] * 7, [1] * 8 + [None], [0, 0, 0, 0, 1, 1, 1, 1]], ids=str
)
def test_a_change_that_cannot_be_known_is_none(values):
    assert findings.change(values) is None


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.18, f"grew 18{GAP}%"),
        (-0.05, f"fell 5{GAP}%"),
        (0.049, "held steady"),
        (None, "no trend yet"),
    ],
)
def test_a_change_in_words_needs_no_colour(value, words):
    assert findings.change_words(value) == words


def test_the_headline_names_the_smallest_component_and_the_strongest_move():
    rows = [component("practice", 0.06), component("pathways", 0.44)]
    headline = findings.ecosystem_headline(rows, {"practice": -0.02, "pathways": 0.18}, weeks=13)
    assert headline == (
        f"6{GAP}% of learning time went to practice environments; "
        f"guided pathways grew 18{GAP}% over 13 weeks"
    )


def test_a_component_that_is_smallest_and_moved_most_is_named_once():
    rows = [component("practice", 0.06), component("pathways", 0.44)]
    headline = findings.ecosystem_headline(rows, {"practice": -0.5, "pathways": 0.1}, weeks=13)
    assert headline.endswith(f"went to practice environments; it fell 50{GAP}% over 13 weeks")


@pytest.mark.parametrize(
    ("moves", "words"),
    [
        ((0.5, 0.1), "All 2 components grew in 13 weeks"),
        ((-0.5, -0.1), "All 2 components fell in 13 weeks"),
        ((0.01, -0.01), "All 2 components held steady"),
        ((0.5, -0.5, 0.0), "1 of 3 components grew, 1 fell"),
        ((0.5, 0.0), "1 of 2 components grew, none fell"),
        ((-0.5, 0.0), "1 of 2 components fell, none grew"),
        ((None, None), "No trend yet"),
    ],
)
def test_the_trend_says_how_many_components_moved_and_which_way(moves, words):
    assert findings.trend_finding(dict(enumerate(moves)), weeks=13) == words


def test_the_largest_component_and_the_largest_mode_are_named_with_their_share():
    rows = [component("practice", 0.36), component("pathways", 0.2)]
    assert findings.share_finding(rows) == f"Practice environments led with 36{GAP}%"
    mix = [{"mode": "formal", "mode_share": 0.49, "is_suppressed": False}]
    assert findings.mode_finding(mix) == f"Formal learning led with 49{GAP}%"


def test_a_component_with_more_than_half_of_all_time_is_the_headline():
    rows = [component("practice", 0.06), component("pathways", 0.64)]
    assert findings.ecosystem_headline(rows, {}, weeks=13).startswith(
        f"64{GAP}% of learning time went to guided pathways; no trend yet"
    )


def test_hidden_components_give_no_number_away():
    rows = [component("practice", None, hidden=True), component("pathways", None, hidden=True)]
    assert (
        findings.ecosystem_headline(rows, {}, weeks=13)
        == "Too few people here to show how they learn"
    )


def test_no_learning_at_all_is_said_and_not_a_zero():
    rows = [component("practice", None)]
    assert "No learning time" in findings.ecosystem_headline(rows, {}, weeks=13)


def test_a_share_that_rounds_to_nothing_is_not_called_nothing():
    rows = [component("practice", 0.001), component("pathways", 0.4)]
    assert findings.ecosystem_headline(rows, {}, weeks=13).startswith(f"<1{GAP}%")


def test_coverage_that_nobody_counted_is_unknown():
    assert "unknown" in findings.coverage_words([])
    assert findings.coverage_words([{"value": 0.4}, {"value": 0.9}]).startswith(f"40{GAP}% to 90")


def test_a_missing_catalogue_is_named_as_the_reason():
    assert "needs content_catalogue" in findings.mode_gap([], ["needs content_catalogue"])
    assert "Fewer people" in findings.mode_gap([True], ["computed"])


REFUSED = {
    "table_name": "employees",
    "source_name": "hr",
    "input_name": "employees.csv",
    "refused_at": dt.datetime(2026, 7, 5),  # noqa: DTZ001  (UTC without a zone)
    "standing_since": dt.datetime(2026, 7, 1),  # noqa: DTZ001
    "fault_count": 2,
}


def totals(**changed):
    names = ("rejected", "replayed", "discarded", "conflict")
    return {"read_count": 10, "unique_count": 9, **{f"{name}_count": 0 for name in names}} | changed


def health(**changed):
    given = {
        "totals": totals(),
        "freshness": [{"source_name": "lms", "is_stale": False}],
        "coverage": [{"source_name": "lms", "day_count": 2, "known_day_count": 2}],
        "checks": [{"status": "passed"}],
        "refused": [],
        "unclassified_share": 0.01,
    }
    return health_findings.health_findings(**given | changed)


def test_a_healthy_warehouse_has_nothing_that_needs_care():
    found = health()
    assert {each.severity for each in found} == {"good"}
    headline = health_findings.health_headline(found, {"read_count": 10, "unique_count": 9})
    assert headline == "9 statements counted, nothing needs care"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"checks": [{"status": "failed"}, {"status": "passed"}]}, "1 failed"),
        ({"freshness": [{"source_name": "lms", "is_stale": True}]}, "lms"),
        ({"unclassified_share": 0.2}, "over the budget"),
        (
            {"refused": [REFUSED, REFUSED]},
            "The file employees.csv from hr was refused on 5 Jul 2026: 2 places break its "
            "contract; what came on 1 Jul 2026 stands.",
        ),
        (
            {"refused": [{**REFUSED, "fault_count": 1, "standing_since": None}]},
            "one place breaks its contract; nothing stands",
        ),
        (
            {"totals": totals(rejected_count=3, discarded_count=2, conflict_count=1)},
            "1 of 10 statements were rejected and wait",
        ),
    ],
    ids=["check", "silence", "unclassified", "refused", "refused_first", "rejected"],
)
def test_what_is_wrong_comes_first(changed, words):
    found = health(**changed)
    assert found[0].severity == "bad"
    assert words in " ".join(each.sentence for each in found if each.severity == "bad")


def test_a_quarantine_that_is_settled_needs_no_care_and_is_said():
    found = health(totals=totals(rejected_count=2, discarded_count=2, replayed_count=5))
    assert {each.severity for each in found} == {"good"}
    words = "5 rejected statements have landed after all, 2 were discarded with a reason."
    assert words in [each.sentence for each in found]


def test_unknown_coverage_is_neither_well_nor_wrong():
    found = health(coverage=[{"source_name": "lms", "day_count": 2, "known_day_count": 0}])
    assert [each.severity for each in found if "Coverage" in each.sentence] == ["unknown"]


def test_no_recorded_check_is_not_a_passed_check():
    found = health(checks=[])
    assert [each.severity for each in found if "No check" in each.sentence] == ["unknown"]


def arrived(days):
    return health_findings.arrivals_gap(
        {
            "received_count": 1_200,
            "day_count": days,
            "first_received_date": dt.date(2026, 6, 29),
            "last_received_date": dt.date(2026, 6, 30),
        }
    )


def test_one_day_of_arrivals_is_said_in_place_of_a_trend():
    assert arrived(1).startswith("All 1,200 statements arrived on one day, 30 Jun 2026")


def test_a_few_days_of_arrivals_are_named_with_their_ends():
    assert arrived(2).startswith(
        "1,200 statements arrived on 2 days from 29 Jun 2026 to 30 Jun 2026"
    )


def test_one_thing_is_not_called_many():
    found = health(unclassified_share=0.2)
    words = health_findings.health_headline(found, totals())
    assert words == "9 statements counted, one finding needs care"
    assert "The one source delivered lately." in [each.sentence for each in found]
