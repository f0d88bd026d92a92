"""Published rows on their way to a chart or a table."""

import polars as pl

from dashboards import frames


def activities(*rows):
    return pl.DataFrame(rows, schema=["activity_title", "activity_type_name"], orient="row")


def titles(*rows):
    return frames.told_apart(activities(*rows))["activity_title"].to_list()


def test_a_title_that_only_one_activity_has_stays_as_it_is():
    assert titles(("Safety", "Course"), ("Mentoring", "Meeting")) == ["Safety", "Mentoring"]


def test_activities_of_one_title_and_several_kinds_carry_their_kind():
    assert titles(("Safety", "Course"), ("Safety", "Video")) == [
        "Safety (Course)",
        "Safety (Video)",
    ]


def test_activities_of_one_title_and_kind_are_numbered_in_their_order():
    rows = [("Mentoring", "Meeting"), ("Safety", "Course"), ("Mentoring", "Meeting")]
    assert titles(*rows) == ["Mentoring (1)", "Safety", "Mentoring (2)"]


def test_an_activity_without_a_title_says_that_none_was_sent():
    assert titles((None, "Course"), (None, None)) == [
        "No title was sent (Course)",
        "No title was sent",
    ]
