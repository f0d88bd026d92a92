"""What is kept is what was sent."""

import json
from datetime import datetime

import pytest

from xapi_ingest.statement.flatten import COLUMNS
from xapi_ingest.statement.parse import ParsedStatement, parse_statement

WHOLE = {
    "id": "6690E6C9-3EF0-4ED3-8B37-7F3964730BEE",
    "actor": {"objectType": "Agent", "name": "Ann", "mbox": "mailto:Ann@Example.org"},
    "verb": {"id": "http://adlnet.gov/expapi/verbs/completed", "display": {"en": "completed"}},
    "object": {
        "id": "https://example.org/video/1",
        "definition": {
            "name": {"de": "Boden", "en-GB": "Soil"},
            "type": "https://w3id.org/xapi/video/activity-type/video",
            "extensions": {"https://example.org/level": 3},
        },
    },
    "result": {
        "score": {"scaled": 0.5, "raw": 5, "min": 0, "max": 10},
        "success": True,
        "completion": False,
        "duration": "PT1M30.5S",
        "response": "yes",
        "extensions": {
            "https://w3id.org/xapi/video/extensions/played-segments": "0[.]10[,]5[.]20[,]30[.]31.5"
        },
    },
    "context": {
        "registration": "ec531277-b57b-4c15-8d91-d292c5b2b8f7",
        "instructor": {"account": {"homePage": "https://hr.example.org", "name": "ben"}},
        "team": {"objectType": "Group", "member": [{"mbox": "mailto:c@example.org"}]},
        "contextActivities": {
            "parent": [
                {"id": "https://example.org/course/1", "definition": {"type": "urn:course"}}
            ],
            "category": {"id": "https://w3id.org/xapi/video"},
        },
        "platform": "LMS",
        "language": "en-GB",
        "statement": {"objectType": "StatementRef", "id": "6690e6c9-3ef0-4ed3-8b37-7f3964730bef"},
        "extensions": {
            "https://w3id.org/xapi/video/extensions/session-id": "s1",
            "https://w3id.org/tilth/extensions/delivery-mode": "live_online",
        },
    },
    "timestamp": "2026-03-01T10:00:00.5+01:00",
    "stored": "2026-03-01T09:00:02Z",
    "authority": {"mbox_sha1sum": "EBD31E95054C018B10727CCFFD2EF2EC3A016EE9"},
    "version": "1.0.3",
}


COLUMNS_OF_WHOLE = {
    "occurred_at": datetime(2026, 3, 1, 9, 0, 0, 500000),  # noqa: DTZ001  (UTC, naive)
    "stored_at": datetime(2026, 3, 1, 9, 0, 2),  # noqa: DTZ001
    "actor_type": "Agent",
    "actor_ifi_kind": "mbox",
    "actor_ifi_value": "ann@example.org",
    "actor_account_home_page": None,
    "actor_account_name": None,
    "actor_name": "Ann",
    "verb_iri": "http://adlnet.gov/expapi/verbs/completed",
    "object_type": "Activity",
    "object_id": "https://example.org/video/1",
    "activity_type_iri": "https://w3id.org/xapi/video/activity-type/video",
    "activity_name": "Soil",
    "score_scaled": 0.5,
    "score_raw": 5.0,
    "score_min": 0.0,
    "score_max": 10.0,
    "is_success": True,
    "is_completion": False,
    "duration_seconds": 90.5,
    "played_seconds": 21.5,
    "response": "yes",
    "registration_id": "ec531277-b57b-4c15-8d91-d292c5b2b8f7",
    "session_id": "s1",
    "platform": "LMS",
    "language": "en-GB",
    "instructor_ifi_value": "https://hr.example.org|ben",
    "team_ifi_value": None,
    "parent_ids": ["https://example.org/course/1"],
    "grouping_ids": None,
    "category_ids": ["https://w3id.org/xapi/video"],
    "other_ids": None,
    "context_type_iris": ["urn:course"],
    "statement_ref_id": "6690e6c9-3ef0-4ed3-8b37-7f3964730bef",
    "delivery_mode": "live_online",
    "authority_ifi_value": "ebd31e95054c018b10727ccffd2ef2ec3a016ee9",
    "version": "1.0.3",
}


def columns_of(statement):
    parsed = parse_statement(json.dumps(statement).encode(), "lms")
    assert isinstance(parsed, ParsedStatement), parsed
    return parsed, dict(zip(COLUMNS, parsed.row, strict=True))


def test_every_kept_part_has_its_column():
    parsed, columns = columns_of(WHOLE)
    assert (parsed.statement_id, parsed.is_id_derived) == (WHOLE["id"].lower(), False)
    extensions = json.loads(columns.pop("extensions_json"))
    assert set(extensions) == {"object", "result", "context"}
    assert columns == COLUMNS_OF_WHOLE


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (
            {"objectType": "Agent", "mbox": "mailto:b@example.org", "name": "Ben"},
            ("Agent", "b@example.org", "Ben"),
        ),
        (
            {"objectType": "StatementRef", "id": "6690E6C9-3EF0-4ED3-8B37-7F3964730BEE"},
            ("StatementRef", "6690e6c9-3ef0-4ed3-8b37-7f3964730bee", None),
        ),
        (
            {
                "objectType": "SubStatement",
                **{part: WHOLE[part] for part in ("actor", "verb", "object")},
            },
            ("SubStatement", None, None),
        ),
        (
            {"objectType": "GroupActivity", "id": "https://example.org/quiz"},
            ("Activity", "https://example.org/quiz", None),
        ),
        (
            {"definition": {"name": {"fr": "Sol", "de": "Boden"}, "type": "urn:quiz"}},
            ("Activity", None, "Sol"),
        ),
    ],
    ids=["agent", "statement_ref", "sub_statement", "invented_kind", "definition_without_id"],
)
def test_an_object_is_what_its_kind_says(target, expected):
    _, columns = columns_of({**WHOLE, "object": target})
    found = (columns["object_type"], columns["object_id"], columns["activity_name"])
    assert found == expected


def test_a_statement_without_id_gets_the_same_id_whenever_its_source_sends_it():
    bare = {key: value for key, value in WHOLE.items() if key != "id"}
    turned = {key: bare[key] for key in reversed(bare)}
    first, second = (parse_statement(json.dumps(one).encode(), "lms") for one in (bare, turned))
    other = parse_statement(json.dumps(bare).encode(), "video")
    assert first.is_id_derived
    assert first.statement_id == second.statement_id != other.statement_id


def test_a_quote_hidden_in_an_escape_is_no_twin_key():
    _, columns = columns_of({**WHOLE, "result": {"response": 'so "called"'}})
    assert columns["response"] == 'so "called"'
    raw = json.dumps({**WHOLE, "result": {"response": "Q"}}).replace('"Q"', '"\\u0022"').encode()
    assert isinstance(parse_statement(raw, "lms"), ParsedStatement)


def test_what_nobody_knows_is_left_out_of_the_columns_and_lands():
    plain, columns = columns_of(WHOLE)
    odd = json.loads(json.dumps(WHOLE))
    odd["mood"] = odd["verb"]["tense"] = odd["context"]["place"] = {"id": None}
    found, odd_columns = columns_of(odd)
    assert odd_columns == columns
    assert found.fingerprint != plain.fingerprint


def test_both_versions_land_whatever_they_call_themselves():
    agent = {"mbox": "mailto:d@example.org"}
    context = {"contextAgents": [{"objectType": "contextAgent", "agent": agent}]}
    for version in ("1.0.3", "2.0.0"):
        _, columns = columns_of({**WHOLE, "context": context, "version": version})
        assert columns["version"] == version


def test_a_number_of_any_size_lands_in_an_extension():
    odd = {"https://example.org/a": [2**70, -(2**64), 2**64 - 1, 1e300, 12.0]}
    _, columns = columns_of({**WHOLE, "context": {"extensions": odd}})
    assert json.loads(columns["extensions_json"])["context"] == odd
