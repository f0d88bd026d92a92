"""What is wrong with a mapping file is said with file and line, and nothing of Python leaks."""

import pytest

from tests.xapi_ingest.mapping.small import TEXT, small
from xapi_ingest.errors import InputError
from xapi_ingest.mapping.load import find_mapping, load_mapping, mapping_from_text
from xapi_ingest.mapping.readers import ARCHIVE_READERS, READERS

WRONG = [
    ("source: small", "sauce: small", "small.yaml:3: sauce: there is no such field"),
    ("source: small", "source: My Source", "small.yaml:3: source: String should match"),
    ("source: small\n", "", "small.yaml:1: source: Field required"),
    ("source: small", "source: small\nsource: x", "small.yaml:4: the key 'source' comes twice"),
    ("title: A", "title: &a A", None),
    ("title: A small table", "title: *a", "small.yaml:2: aliases (*name) cannot be used"),
    ("title: A small table", "title: [", "small.yaml:4: expected"),
    ("format: csv", "format: tsv", "small.yaml:5: input.format: Input should be 'csv'"),
    (
        "checked_against: nothing",
        "checked_against: nothing\ntime_zone: Mars/Olympus",
        "small.yaml:5: time_zone: 'Mars/Olympus' is no time zone",
    ),
    (
        "checked_against: nothing",
        "checked_against: x\ndate_formats: ['%d %Z']",
        "small.yaml:5: date_formats.0: %Z reads the name of a zone",
    ),
    ("key: [email, course]", "key: []", "small.yaml:13: statements.0.key: List should have"),
    (
        "key: [email, course]",
        "key: [emial]",
        "small.yaml:13: statements.0.key.0: there is no 'emial'; there are",
    ),
    (
        "=note",
        "=notes",
        "small.yaml:19: statements.0.statement.result.response: there is no 'notes'",
    ),
    ("=note", "=note |", "small.yaml:19:"),
    (
        "=note",
        "=shout(note)",
        "there is no function 'shout'; there are after, as_json, as_list, before",
    ),
    (
        "=instant(done)",
        "=done.isoformat()",
        "small.yaml:18: statements.0.statement.timestamp: values have no methods",
    ),
    ("      timestamp: =instant(done)\n", "", "a statement needs 'timestamp'"),
    (
        "      timestamp: =instant(done)",
        "      timestamp: =instant(done)\n      id: x",
        "small.yaml:19: statements.0.statement.id: the id is made from the key",
    ),
    ("  note: {", "  file: {", "small.yaml:10: columns.file: the name 'file' is built in"),
    (
        "statements:",
        "let: {email: =done}\nstatements:",
        "the name 'email' is used under columns already",
    ),
    ("statements:", "let: {a: =b, b: =done}\nstatements:", "small.yaml:11: let.a: there is no 'b'"),
    ("mapping: small", "extends: nowhere", "small.yaml:1: there is no shipped mapping 'nowhere'"),
    ("mapping: small", "extends: zoom-attendance", "checked_against comes from 'zoom-attendance'"),
]


@pytest.mark.parametrize(("old", "new", "expected"), WRONG)
def test_a_mistake_is_named_with_its_line(old, new, expected):
    if expected is None:
        assert small(old, new).name == "small"
        return
    with pytest.raises(InputError) as caught:
        small(old, new)
    assert expected in str(caught.value)


def test_an_alias_is_refused_because_a_few_of_them_stand_for_gigabytes():
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    with pytest.raises(InputError, match=r"bomb.yaml:2: aliases \(\*name\) cannot be used"):
        mapping_from_text(bomb, "bomb.yaml")


@pytest.mark.parametrize("text", ["", "- a\n", "x", "\x00", "{" * 500, "x" * 1_000_001])
def test_what_is_no_mapping_is_refused_in_a_sentence(text):
    with pytest.raises(InputError, match=r"none\.yaml"):
        mapping_from_text(text, "none.yaml")


def test_yes_and_dates_stay_text_and_numbers_are_numbers():
    parameters = "parameters: {a: yes, b: 2024-01-01, c: 07, d: 1.5}"
    mapping = small("checked_against: nothing", f"checked_against: x\n{parameters}")
    assert mapping.model.parameters == {"a": "yes", "b": "2024-01-01", "c": 7, "d": 1.5}


def test_a_mapping_is_found_by_name_or_by_path(tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text(TEXT, encoding="utf-8")
    assert find_mapping("zoom-attendance").source_name == "zoom"
    assert find_mapping(str(path)).name == load_mapping(path).name == "small"


def test_a_mapping_that_is_nowhere_is_refused_with_what_there_is(tmp_path):
    with pytest.raises(InputError, match="one of: bookmarks-netscape"):
        find_mapping("nowhere")
    with pytest.raises(InputError, match="cannot be read"):
        load_mapping(tmp_path / "nowhere.yaml")


def test_every_format_has_a_reader():
    for name in READERS | ARCHIVE_READERS:
        assert small("format: csv", f"format: {name}").model.input.format == name
