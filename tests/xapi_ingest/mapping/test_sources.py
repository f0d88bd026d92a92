"""What single sources promise beyond their samples: agreement, forms of a file, garbage."""

import gzip
import io
import json
import random
from pathlib import Path

import orjson
import pytest

from tests.xapi_ingest.mapping.outcome import SAMPLES, sample_of
from xapi_ingest.errors import InputError
from xapi_ingest.mapping.load import find_mapping, mapping_from_text
from xapi_ingest.mapping.run import map_file, map_stream

ROUTED = Path(__file__).parents[4] / "shared" / "xapi-samples" / "open_edx_events.ndjson"
NEW = [
    "bookmarks-netscape",
    "caliper-events",
    "mentoring-calendar",
    "moodle-logs",
    "openedx-tracking-log",
    "reading-pocket",
    "scorm-cloud-registrations",
    "scorm-moodle-tracks",
    "stackexchange-votes",
]


def mapped(name, data):
    """Every row of ``data`` through a shipped mapping."""
    raw = data.encode() if isinstance(data, str) else data
    return list(map_stream(find_mapping(name), io.BytesIO(raw), "any-of-4711.txt"))


def statements(rows):
    """The statements of rows, by id."""
    found = [orjson.loads(raw) for row in rows for raw in row.statements]
    return {one["id"]: one for one in found}


def kind_of(statement):
    """Verb and type, by which the warehouse tells events apart."""
    return statement["verb"]["id"], statement["object"].get("definition", {}).get("type")


def test_open_edx_events_come_out_as_open_edx_itself_routes_them():
    if not ROUTED.exists():
        pytest.skip(
            "the statements of Open edX's own routing (../shared/xapi-samples) are not here"
        )
    routed = {kind_of(json.loads(line)) for line in ROUTED.read_text().splitlines()}
    golden = json.loads((SAMPLES / "openedx-tracking-log" / "expected.json").read_text())
    ours = {kind_of(found["statement"]) for found in golden["statements"]}
    not_routed = {kind[0].rpartition("/")[2] for kind in ours - routed}
    assert not_routed == {"searched", "earned"}  # searches and certificates
    assert len(ours & routed) >= 20


def test_each_question_of_an_open_edx_problem_points_to_the_whole_check():
    golden = json.loads((SAMPLES / "openedx-tracking-log" / "expected.json").read_text())
    together = [one["statement"] for one in golden["statements"] if one["row"] == 11]
    whole, *parts = together
    assert [part["context"]["statement"]["id"] for part in parts] == [whole["id"]] * 2
    assert [part["result"]["success"] for part in parts] == [True, False]
    assert whole["result"]["score"] == {"min": 0, "max": 2, "raw": 1, "scaled": 0.5}


@pytest.mark.parametrize("name", NEW)
def test_a_gzipped_export_is_the_same(name, tmp_path):
    sample = sample_of(SAMPLES / name)
    folded = tmp_path / f"{sample.name}"
    folded.write_bytes(gzip.compress(sample.read_bytes()))
    mapping = find_mapping(name)
    assert statements(map_file(mapping, folded)) == statements(map_file(mapping, sample))


@pytest.mark.parametrize("name", NEW)
@pytest.mark.parametrize("garbage", [b"", b"\x00\xff" * 50, b"PK\x03\x04\x14\x00", b"<html><body>"])
def test_a_file_of_another_kind_is_refused_or_put_aside_but_never_taken(name, garbage):
    mapping = find_mapping(name)
    try:
        rows = list(map_stream(mapping, io.BytesIO(garbage), "file"))
    except InputError as error:
        assert error.remedy  # noqa: PT017  (some kinds are refused whole, others row by row)
        return
    assert not statements(rows)
    assert garbage == b"" or all(row.problems for row in rows)


@pytest.mark.parametrize("name", NEW)
def test_a_file_that_is_cut_off_anywhere_loses_only_what_is_behind(name):
    data = sample_of(SAMPLES / name).read_bytes()
    mapping = find_mapping(name)
    whole = statements(map_stream(mapping, io.BytesIO(data), "any-of-4711.x"))
    for cut in random.Random(7).sample(range(1, len(data)), 12):
        try:
            part = statements(map_stream(mapping, io.BytesIO(data[:cut]), "any-of-4711.x"))
        except InputError:
            continue
        if name not in ("scorm-moodle-tracks", "mentoring-calendar", "bookmarks-netscape"):
            assert len(set(part) - set(whole)) <= 1
        assert len(part) <= len(whole)


def test_the_rows_of_an_attempt_may_come_in_any_order():
    head, *rows = sample_of(SAMPLES / "scorm-moodle-tracks").read_text().splitlines()
    random.Random(3).shuffle(rows)
    ordered = mapped("scorm-moodle-tracks", sample_of(SAMPLES / "scorm-moodle-tracks").read_bytes())
    assert statements(mapped("scorm-moodle-tracks", "\n".join([head, *rows]))) == statements(
        ordered
    )


def test_bytes_that_are_no_text_cost_their_row_only():
    data = sample_of(SAMPLES / "scorm-moodle-tracks").read_bytes()
    whole = mapped("scorm-moodle-tracks", data)
    broken = mapped("scorm-moodle-tracks", data.replace(b"urn:q:2", b"urn:\xff:2"))
    assert len(statements(broken)) == len(statements(whole)) - 1
    assert "mapping.encoding" in {one.rule_id for row in broken for one in row.problems}


def test_more_rows_than_an_attempt_can_have_are_a_problem(monkeypatch):
    from xapi_ingest.mapping.rows import gather  # noqa: PLC0415  (its bound is lowered)

    monkeypatch.setattr(gather, "MAX_GATHERED", 3)
    head = "userid,email,course,scormid,scoid,attempt,element,value,timemodified"
    rows = [f"1,a@b.example,c,1,1,1,cmi.e{number},x,1709539200" for number in range(9)]
    (row,) = mapped("scorm-moodle-tracks", "\n".join([head, *rows]))
    assert row.problems[0].message.endswith("agree in what gathers them")


EVENT = {
    "id": "urn:uuid:00000000-0000-4000-8000-000000000001",
    "type": "ViewEvent",
    "actor": {"id": "https://lms.example/u/1", "type": "Person"},
    "action": "Viewed",
    "object": {"id": "https://lms.example/d/1", "type": "Document"},
    "eventTime": "2024-05-06T07:00:00Z",
}


@pytest.mark.parametrize(
    "data",
    [
        json.dumps(EVENT),
        json.dumps(EVENT, indent=2),
        json.dumps([EVENT]),
        json.dumps([EVENT], indent=2),
        json.dumps({"sensor": "s", "data": [EVENT]}),
        json.dumps({"sensor": "s", "data": [EVENT]}, indent=2),
        json.dumps([{"sensor": "s", "data": [EVENT]}]),
        json.dumps(EVENT, indent=2) + "\n" + json.dumps(EVENT, indent=2),
        "\ufeff" + json.dumps(EVENT) + "\r\n\r\n" + json.dumps({"data": [EVENT]}),
    ],
)
def test_caliper_is_read_however_it_is_wrapped(data):
    (statement,) = statements(mapped("caliper-events", data)).values()
    assert kind_of(statement)[0] == "http://id.tincanapi.com/verb/viewed"


@pytest.mark.parametrize("name", ["bookmarks.html", "part_000000.csv"])
def test_bookmarks_that_nobody_owns_are_put_aside(name):
    data = sample_of(SAMPLES / "bookmarks-netscape").read_bytes()
    rows = list(map_stream(find_mapping("bookmarks-netscape"), io.BytesIO(data), name))
    assert not statements(rows)
    assert {row.problems[0].rule_id for row in rows if row.problems} == {
        "mapping.key",
        "mapping.time",
    }


def test_a_tag_that_never_ends_does_not_fill_the_memory():
    head = b"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>\n<DT><A HREF='"
    with pytest.raises(InputError, match=r"a tag in line 3 does not end.*again"):
        mapped("bookmarks-netscape", head + b"x" * 5 * 1024 * 1024)


def test_bookmarks_say_the_folders_that_they_are_in():
    mapping = mapping_from_text(
        "extends: bookmarks-netscape\n"
        "let:\n  address: =web('https://x.example/' ~ join(folders, '>'))\n",
        "own.yaml",
    )
    rows = map_file(mapping, sample_of(SAMPLES / "bookmarks-netscape"))
    ids = [one["object"]["id"] for one in statements(rows).values()]
    assert ids == [
        "https://x.example/Symbolleiste%3ESch%C3%BCtzen%20&%20Heben",
        "https://x.example/Symbolleiste",
    ]
