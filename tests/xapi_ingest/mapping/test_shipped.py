"""The folder ``samples/`` is the test list: a folder a shipped mapping, sample and golden file."""

import csv
import json
import re
from pathlib import Path

import orjson
import pytest

from tests.xapi_ingest.mapping.outcome import SAMPLES, outcome, sample_of
from xapi_ingest.mapping.load import find_mapping, mapping_from_text, shipped_names
from xapi_ingest.mapping.run import map_file
from xapi_ingest.statement.parse import parse_statement, validate_statement

ROOT = Path(__file__).parents[3]
FOLDERS = sorted(path for path in SAMPLES.iterdir() if path.is_dir())
VOCABULARY = ROOT / ".." / "shared" / "vocabulary" / "xapi_iris.csv"
OBSERVED = ROOT / ".." / "shared" / "xapi-samples"
PROFILE = ROOT / "docs" / "profile" / "tilth.jsonld"
OURS = "https://w3id.org/tilth/"
# Terms of published profiles that no sample happens to carry.
PUBLISHED = {
    "http://adlnet.gov/expapi/activities/objective",  # ADL's vocabulary; its SCORM profile
    "https://w3id.org/xapi/video/extensions/session-id",  # the video profile
}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_sample_becomes_what_the_golden_file_says(folder):
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    assert outcome(find_mapping(folder.name), sample_of(folder)) == expected


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_specification_has_nothing_against_the_statements(folder):
    mapping = find_mapping(folder.name)
    raws = [raw for row in map_file(mapping, sample_of(folder)) for raw in row.statements]
    refused = [found for raw in raws if isinstance(found := parse_statement(raw, "s"), list)]
    assert raws
    assert not refused


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_sample_shows_a_row_that_cannot_be_mapped(folder):
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    assert expected["problems"] or expected["skipped"]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_statement_has_an_id_of_its_own_and_keeps_it(folder):
    first = _ids(find_mapping(folder.name), folder)
    again = _ids(find_mapping(folder.name), folder)
    assert first == again
    assert len(set(first)) == len(first)


def _ids(mapping, folder):
    rows = map_file(mapping, sample_of(folder))
    return [orjson.loads(raw)["id"] for row in rows for raw in row.statements]


def test_every_shipped_mapping_has_a_sample():
    assert shipped_names() == [folder.name for folder in FOLDERS]


@pytest.mark.parametrize("name", shipped_names())
def test_a_mapping_is_called_like_its_file_and_says_what_it_was_checked_against(name):
    mapping = find_mapping(name)
    assert mapping.name == name
    assert len(mapping.checked_against) > 20


def test_a_teams_report_in_the_encoding_of_teams_is_the_same(tmp_path):
    folder = SAMPLES / "teams-attendance"
    text = sample_of(folder).read_text(encoding="utf-8").replace(" AM", "\u202fAM")
    copy = tmp_path / sample_of(folder).name
    copy.write_bytes(text.replace("\n", "\r\n").encode("utf-16"))
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    assert outcome(find_mapping(folder.name), copy) == expected


def test_a_mapping_can_extend_a_shipped_one():
    own = "extends: zoom-attendance\nsource: webinars\nparameters:\n  site: https://acme.zoom.us\n"
    mapping = mapping_from_text(own, "own.yaml")
    (first, *_) = map_file(mapping, sample_of(SAMPLES / "zoom-attendance"))
    assert mapping.source_name == "webinars"
    assert orjson.loads(first.statements[0])["object"]["id"] == "https://acme.zoom.us/j/85218486288"


def test_an_answer_points_to_the_statement_of_its_question():
    golden = SAMPLES / "stackexchange-posts" / "expected.json"
    asked, replied = (
        found["statement"] for found in json.loads(golden.read_text(encoding="utf-8"))["statements"]
    )
    assert replied["context"]["statement"]["id"] == asked["id"]


def golden_statements():
    """Every statement of the golden files."""
    for folder in FOLDERS:
        golden = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
        yield from (found["statement"] for found in golden["statements"])


def used_verbs():
    """IRIs of the verbs that the samples come out with."""
    return {statement["verb"]["id"] for statement in golden_statements()}


def used_types():
    """IRIs of the types of their activities, also of those around them."""
    return {
        iri
        for statement in golden_statements()
        for iri in re.findall(r'"type": "(http[^"]+)"', json.dumps(statement))
        if "/extensions/type" not in iri
    }


def used_extensions():
    """IRIs of the extensions of their results and contexts."""
    return {
        iri
        for statement in golden_statements()
        for part in ("result", "context")
        for iri in statement.get(part, {}).get("extensions", {})
    }


def used_iris():
    """IRIs of verbs, types and extensions in the golden files."""
    return used_verbs() | used_types() | used_extensions()


def observed_iris():
    """What public systems emit, and the terms of ADL's profiles that our own list names."""
    if not VOCABULARY.exists():
        pytest.skip("the list of observed IRIs (../shared/vocabulary) is not here")
    with VOCABULARY.open(encoding="utf-8") as file:
        known = {row["iri"] for row in csv.DictReader(file)}
    for path in sorted(OBSERVED.glob("*.ndjson")):
        known |= set(re.findall(r'https?://[^"\s]+', path.read_text(encoding="utf-8")))
    return known | PUBLISHED


def test_every_verb_type_and_extension_is_one_that_real_systems_emit():
    ours = {iri for iri in used_iris() if iri.startswith(OURS)}
    assert used_iris() - ours <= observed_iris()


@pytest.mark.parametrize(
    ("seed", "column", "used"),
    [
        ("ref_verbs", "verb_iri", used_verbs),
        ("ref_activity_types", "activity_type_iri", used_types),
    ],
)
def test_the_warehouse_has_a_place_for_everything_that_comes_out(seed, column, used):
    with (ROOT / "data" / "seeds" / f"{seed}.csv").open(encoding="utf-8") as file:
        placed = {row[column] for row in csv.DictReader(file)}
    assert used() <= placed


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_statements_follow_the_specification_to_the_letter(folder):
    golden = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    raws = [orjson.dumps(found["statement"]) for found in golden["statements"]]
    assert [problem for raw in raws for problem in validate_statement(raw)] == []


def test_every_iri_of_our_own_is_in_the_profile_once():
    profile = json.loads(PROFILE.read_text(encoding="utf-8"))
    ids = [concept["id"] for concept in profile["concepts"]]
    assert len(ids) == len(set(ids))
    assert {iri for iri in used_iris() if iri.startswith(OURS)} <= set(ids)


def test_the_profile_says_of_each_concept_what_it_is_and_where_it_belongs():
    profile = json.loads(PROFILE.read_text(encoding="utf-8"))
    assert profile["@context"] == "https://w3id.org/xapi/profiles/context"
    for concept in profile["concepts"]:
        assert concept["inScheme"] == profile["versions"][0]["id"]
        assert concept["prefLabel"]["en"]
        assert concept["definition"]["en"]
        assert concept["id"].startswith(OURS)


def seeds(name):
    with (ROOT / "data" / "seeds" / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_no_statement_of_a_shipped_mapping_stays_unclassified(folder):
    classes = {row["verb_iri"]: row["verb_class"] for row in seeds("ref_verbs")}
    groups = {row["activity_type_iri"]: row["type_group"] for row in seeds("ref_activity_types")}
    golden = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    for found in golden["statements"]:
        statement = found["statement"]
        platform = f" {statement['context']['platform'].lower()} "
        kinds = [
            row["platform_kind"]
            for row in seeds("ref_platforms")
            if f" {row['platform_pattern']} " in platform
        ]
        situation = {
            "verb_class": classes[statement["verb"]["id"]],
            "type_group": groups[statement["object"]["definition"]["type"]],
            "platform_kind": kinds[0] if kinds else "",
            "delivery_mode": "",
            "is_in_path": "false",
            "context_group": "",
        }
        if situation["verb_class"] == "admin":
            continue  # logging in is no learning and belongs to no component
        first = next(
            rule
            for rule in seeds("ref_component_rules")
            if all(rule[name] in {"", value} for name, value in situation.items())
        )
        assert first["component"] != "unclassified", situation


@pytest.mark.parametrize(
    "name",
    [
        "slack-export",
        "teams-messages",
        "viva-engage-messages",
        "confluence-space",
        "github-activity",
        "gitlab-project",
    ],
)
def test_every_answer_of_a_social_sample_points_to_a_statement_that_is_there_and_earlier(name):
    golden = json.loads((SAMPLES / name / "expected.json").read_text(encoding="utf-8"))
    statements = [found["statement"] for found in golden["statements"]]
    times = {statement["id"]: statement["timestamp"] for statement in statements}
    pointing = [one for one in statements if "statement" in one["context"]]
    assert {"replied"} <= {one["verb"]["display"]["en"] for one in pointing}
    for one in pointing:
        assert times[one["context"]["statement"]["id"]] <= one["timestamp"]


@pytest.mark.parametrize(
    "written", ["Thanks, that was it", "Between us", "Why not cm?", "Put 1 kg on", "In mm", "Late"]
)
def test_what_people_wrote_to_each_other_is_in_no_statement(written):
    texts = {
        path: path.read_text(encoding="utf-8") for path in SAMPLES.rglob("*") if path.is_file()
    }
    assert [path for path, text in texts.items() if written in text]
    assert not [
        path for path, text in texts.items() if written in text and path.name == "expected.json"
    ]
