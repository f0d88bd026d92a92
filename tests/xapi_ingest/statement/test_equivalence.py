"""Two statements are the same but for what a store may change, and for nothing else."""

import json

import pytest

from xapi_ingest.statement.equivalence import are_equivalent

WHOLE = {
    "id": "6690e6c9-3ef0-4ed3-8b37-7f3964730bee",
    "actor": {
        "objectType": "Group",
        "name": "Team",
        "member": [{"mbox": "mailto:ann@example.org"}, {"mbox": "mailto:ben@example.org"}],
    },
    "verb": {"id": "https://example.org/verbs/met", "display": {"en": "met"}},
    "object": {"id": "https://example.org/meeting", "definition": {"name": {"en": "Meeting"}}},
    "result": {"duration": "PT1H0.5S", "score": {"raw": 1}, "extensions": {"urn:a": [1, 2]}},
    "context": {
        "registration": "ec531277-b57b-4c15-8d91-d292c5b2b8f7",
        "language": "en-us",
        "team": {"objectType": "Group", "mbox": "mailto:Team@example.org"},
        "contextActivities": {"parent": [{"id": "https://example.org/series"}]},
        "statement": {"objectType": "StatementRef", "id": "6690e6c9-3ef0-4ed3-8b37-7f3964730bef"},
    },
    "timestamp": "2026-03-01T09:30:00Z",
}


def changed(path, value):
    statement = json.loads(json.dumps(WHOLE))
    *way, last = path.split("/")
    part = statement
    for step in way:
        part = part[step]
    if value is None:
        del part[last]
    else:
        part[last] = value
    return statement


SAME = {
    "id": None,
    "stored": "2026-03-02T00:00:00Z",
    "authority": {"mbox": "mailto:lrs@example.org"},
    "version": "1.0.0",
    "attachments": [],
    "actor/member": [{"mbox": "mailto:ben@example.org"}, {"mbox": "mailto:ann@EXAMPLE.org"}],
    "verb/display": {"de": "traf"},
    "object/definition": None,
    "result/duration": "PT1H0.509S",
    "result/score/raw": 1.0,
    "context/registration": "EC531277-B57B-4C15-8D91-D292C5B2B8F7",
    "context/language": "en-US",
    "context/team/mbox": "mailto:Team@Example.org",
    "context/contextActivities/parent": {"id": "https://example.org/series"},
    "context/statement/id": "6690E6C9-3EF0-4ED3-8B37-7F3964730BEF",
    "timestamp": "2026-03-01T10:30:00.000+01:00",
}
DIFFERENT = {
    "actor/name": "team",
    "actor/member": [{"mbox": "mailto:ann@example.org"}],
    "verb/id": "https://example.org/verbs/Met",
    "object/id": "https://example.org/Meeting",
    "object/objectType": "Activity",
    "result/duration": "PT60M0.5S",
    "result/score/raw": 2,
    "result/success": True,
    "result/extensions": {"urn:a": [2, 1]},
    "context/team/mbox": "mailto:team@example.org",
    "context/platform": "LMS",
    "context/contextActivities/parent": [],
    "context/statement": None,
    "timestamp": "2026-03-01T09:30:00.001Z",
}


@pytest.mark.parametrize(("path", "value"), SAME.items(), ids=SAME)
def test_what_a_store_may_change_makes_no_difference(path, value):
    assert are_equivalent(WHOLE, changed(path, value))
    assert are_equivalent(changed(path, value), WHOLE)


@pytest.mark.parametrize(("path", "value"), DIFFERENT.items(), ids=DIFFERENT)
def test_any_other_change_makes_another_statement(path, value):
    assert not are_equivalent(WHOLE, changed(path, value))
    assert not are_equivalent(changed(path, value), WHOLE)


def test_a_time_that_the_store_filled_in_makes_no_difference():
    assert are_equivalent(WHOLE, changed("timestamp", None))


def test_a_sub_statement_is_compared_like_a_statement():
    parts = {part: WHOLE[part] for part in ("actor", "verb", "object", "result")}
    outer = {**WHOLE, "object": {"objectType": "SubStatement", **parts}}
    other = {**WHOLE, "object": {"objectType": "SubStatement", **parts, "verb": {"id": "a:b"}}}
    shown = {**parts, "verb": {"id": WHOLE["verb"]["id"]}}
    same = {**WHOLE, "object": {"objectType": "SubStatement", **shown}}
    assert are_equivalent(outer, same)
    assert not are_equivalent(outer, other)


def test_an_activity_without_id_is_its_definition():
    one, other = ({**WHOLE, "object": {"definition": {"type": kind}}} for kind in ("a:b", "a:c"))
    assert are_equivalent(one, one)
    assert not are_equivalent(one, other)
