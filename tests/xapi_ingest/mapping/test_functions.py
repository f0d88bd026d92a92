"""Times, numbers, lengths and look-ups mean what exports mean by them."""

import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.xapi_ingest.mapping.small import TEXT, one, refused, small, worked_out
from xapi_ingest.mapping.functions import NAMESPACE, duration, seconds, uuid_of
from xapi_ingest.mapping.local import functions_for
from xapi_ingest.statement.duration import seconds_from_duration


@given(st.lists(st.text(max_size=10), max_size=4))
def test_an_id_is_a_uuid_of_version_five(parts):
    assert uuid_of(*parts) == str(uuid.uuid5(NAMESPACE, "\x1f".join(parts)))


@given(st.integers(0, 99), st.integers(0, 59), st.integers(0, 59))
def test_a_length_of_time_means_the_same_in_every_spelling(hours, minutes, rest):
    whole = hours * 3600 + minutes * 60 + rest
    assert seconds(f"{hours}h {minutes}m {rest}s") == whole
    assert seconds(f"{hours} hr {minutes} min {rest} sec") == whole
    assert seconds(f"{hours}:{minutes:02}:{rest:02}") == whole
    assert seconds(str(whole)) == whole
    assert seconds_from_duration(duration(whole)) == whole


@pytest.mark.parametrize("text", ["", "10:15", "1h x", "-5", "soon", "1m 1h", "h"])
def test_what_is_no_length_of_time_is_a_problem(text):
    assert (
        refused("=seconds(note)" if text else "=seconds('x')", Note=text).rule_id
        == "mapping.length"
    )


@pytest.mark.parametrize(
    ("decimal", "written", "expected"),
    [
        (".", "1,234.5", 1234.5),
        (".", "12", 12),
        (".", "-0.5", -0.5),
        (".", "1 234", 1234),
        (",", "1.234,5", 1234.5),
        (",", "0,5", 0.5),
        (".", "1,5", None),
        (",", "1.5", None),
        (".", "1,23,456", None),
        (".", "nan", None),
        (".", "1e400", None),
        (".", "٣", None),
    ],
)
def test_a_number_is_read_with_the_right_mark_or_not_at_all(decimal, written, expected):
    text = TEXT.replace("checked_against: nothing", f"checked_against: x\ndecimal: '{decimal}'")
    mapping = small("=note", '"=text(number(note))"', text=text)
    row = one(mapping, Note=written)
    if expected is None:
        assert row.problems[0].rule_id == "mapping.number"
    else:
        assert f'"response":"{expected}"' in row.statements[0].decode()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("01.07.2024 12:00", "2024-07-01T10:00:00Z"),
        ("01.01.2024 12:00", "2024-01-01T11:00:00Z"),
        ("27.10.2024 02:30", "2024-10-27T00:30:00Z"),  # comes twice: the first
        ("31.03.2024 02:30", "2024-03-31T01:30:00Z"),  # left out: as if not changed
        ("2024-07-01T12:00:00-04:00", "2024-07-01T16:00:00Z"),
        ("2024-07-01", "2024-06-30T22:00:00Z"),
    ],
)
def test_a_time_without_a_zone_is_the_mappings_zones(written, expected):
    settings_of_time = (
        "checked_against: x\ntime_zone: Europe/Berlin\ndate_formats: ['%d.%m.%Y %H:%M']"
    )
    mapping = small("checked_against: nothing", settings_of_time)
    assert f'"timestamp":"{expected}"' in one(mapping, Done=written).statements[0].decode()


@pytest.mark.parametrize("written", ["32.01.2024 10:00", "10 o'clock", "0000-00-00", "9" * 400])
def test_what_is_no_time_is_a_problem_that_names_column_and_line(written):
    (problem,) = one(small(), Done=written).problems
    assert problem.rule_id == "mapping.time"
    assert problem.column == "Done"
    assert problem.clause == "small.yaml:18"
    assert problem.pointer == "/timestamp"


def test_a_time_in_a_zone_that_does_not_exist_is_a_problem():
    assert (
        refused("=instant(done, none, 'Mars/Olympus')", Done="2024-01-01").rule_id == "mapping.time"
    )


def test_epoch_times_are_read_when_asked_for():
    assert worked_out("=instant(1714979500, 'epoch')") == "2024-05-06T07:11:40Z"
    assert worked_out("=instant('1714979500500', 'epoch_ms')") == "2024-05-06T07:11:40.500000Z"
    assert worked_out("=elapsed(instant('2024-01-01'), instant('2024-01-02'))") == 86400


def test_a_lookup_ignores_case_and_says_what_is_missing_without_saying_the_value():
    text = TEXT.replace("statements:", "tables: {verbs: {Done: a, '7': b}}\nstatements:")
    values = functions_for(small(text=text).model)
    assert values["lookup"]("DONE ", "verbs") == "a"
    assert values["lookup"](7, "verbs") == "b"
    assert values["lookup"]("other", "verbs", None) is None
    mapping = small("=note", "\"=lookup(note, 'verbs')\"", text=text)
    (problem,) = one(mapping, Note="Ann Example").problems
    assert problem.rule_id == "mapping.lookup"
    assert "Ann" not in problem.message + problem.remedy


def test_a_problem_never_repeats_what_could_name_a_person():
    (problem,) = one(small(), Email="Ann Example <ann@acme.example>").problems
    assert problem.column == "Email"
    assert "nn" not in problem.message.replace("cannot", "")


@pytest.mark.parametrize(("word", "expected"), [("Yes", True), ("0", False), ("maybe", None)])
def test_yes_and_no_are_words_that_exports_use(word, expected):
    if expected is None:
        assert refused("=boolean(note)", Note=word).rule_id == "mapping.boolean"
    else:
        assert worked_out("=boolean(note)", Note=word) is expected


@given(st.text(max_size=30))
@settings(max_examples=40, deadline=None)
def test_a_person_is_an_address_or_an_account_or_a_problem(written):
    row = one(small(), Email=written)
    body = row.statements[0].decode() if row.statements else ""
    assert ("mbox" in body) or ("account" in body) or row.problems
