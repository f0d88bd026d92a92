"""The typed path and the rules agree: on statements made up, mutated, and damaged."""

import gzip
import json
import os
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xapi_ingest.statement.canonical import fingerprint_of_whole
from xapi_ingest.statement.parse import ParsedStatement, parse_statement, validate_statement
from xapi_ingest.statement.rules import rejections
from xapi_ingest.statement.rules.document import DOCUMENT_RULES, decoded_if_in_order

HERE = Path(__file__).parent
SAMPLES = Path(os.environ.get("TILTH_SAMPLES", HERE.parents[3] / "shared" / "xapi-samples"))
GOLDEN = [
    statement
    for folder in ("valid", "invalid")
    for path in sorted((HERE / folder).glob("*.json"))
    if path.read_bytes().isascii() and path.read_bytes().lstrip().startswith(b'{\n  "actor"')
    for statement in [json.loads(path.read_bytes())]
]
WORDS = (
    *("Agent", "Group", "StatementRef", "SubStatement", "Activity", "PT5S", "a:b", "", "en", "x y"),
    *("http://adlnet.gov/expapi/verbs/voided", "mailto:a@b.c", "2026-03-01T10:00:00Z", "%zz:"),
    *("6690e6c9-3ef0-4ed3-8b37-7f3964730bee", "1.0.0", "true", "numeric", "a[.]b[,]c", "[:]"),
)
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats() | st.sampled_from(WORDS),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(WORDS), inner),
    max_leaves=3,
)
NAMES = st.sampled_from(["id", "ID", "objectType", "objecttype", "member", "mbox", "account", "x"])
CHANGES = st.sampled_from(["removed", "replaced", "renamed", "added", "copied"])


def samples(count):
    lines = []
    for path in sorted(SAMPLES.glob("*json*")):
        raw = path.read_bytes()
        text = gzip.decompress(raw) if path.suffix == ".gz" else raw
        lines += [line for line in text.splitlines() if line.strip()]
    return random.Random(5).sample(lines, count) if lines else []


def places(value, steps=()):
    yield steps
    if isinstance(value, dict):
        for key, item in value.items():
            yield from places(item, (*steps, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from places(item, (*steps, index))


def at(statement, steps):
    for step in steps:
        statement = statement[step]
    return statement


@st.composite
def mutated(draw, statements):
    statement = json.loads(json.dumps(draw(st.sampled_from(statements))))
    for _ in range(draw(st.integers(1, 3))):
        steps = draw(st.sampled_from([steps for steps in places(statement) if steps] or [()]))
        if not steps:
            break
        change(draw, statement, at(statement, steps[:-1]), steps[-1])
    return json.dumps(statement).encode()


def change(draw, statement, part, last):
    kind = draw(CHANGES)
    if kind == "removed":
        del part[last]
    elif kind == "renamed" and isinstance(part, dict):
        part[draw(NAMES | st.just(last.upper()))] = part.pop(last)
    elif kind == "added" and isinstance(part, dict):
        part[draw(NAMES)] = draw(JUNK)
    elif kind == "copied":
        part[last] = json.loads(
            json.dumps(at(statement, draw(st.sampled_from(list(places(statement))))))
        )
    else:
        part[last] = draw(JUNK)


def assert_agreement(raw):
    parsed = parse_statement(raw, "lms")
    assert isinstance(parsed, ParsedStatement) == (not rejections(raw))
    # Put together from the parts, and taken of the whole, it is the same; so is what is kept.
    assert isinstance(parsed, list) or parsed.fingerprint == fingerprint_of_whole(raw)
    assert parse_statement(raw, "lms") == parsed
    if decoded_if_in_order(raw) is not None:
        assert not [problem for rule in DOCUMENT_RULES for problem in rule.problems(raw)]
    for version in ("1.0.3", "2.0.0"):
        problems = validate_statement(raw, version=version)
        assert isinstance(parsed, ParsedStatement) or problems
        assert set(rejections(raw)) <= set(problems)


@settings(max_examples=700)
@given(mutated(GOLDEN))
def test_the_typed_path_accepts_exactly_what_no_rejecting_rule_objects_to(raw):
    assert_agreement(raw)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not here")
def test_both_agree_on_mutations_of_real_statements():
    statements = [json.loads(line) for line in samples(400)]

    @settings(max_examples=400)
    @given(mutated(statements))
    def agree(raw):
        assert_agreement(raw)

    agree()


@settings(max_examples=300)
@given(st.sampled_from(GOLDEN), st.data())
def test_damaged_bytes_never_crash_and_never_pass_unseen(statement, data):
    raw = bytearray(json.dumps(statement).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(raw) - 1))
        raw[start : start + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    assert_agreement(bytes(raw))


def written(value, chosen, steps=(), space=""):
    """JSON of ``value`` in which the key at ``chosen`` comes twice, first with another value."""
    if isinstance(value, list):
        items = [written(item, chosen, (*steps, at), space) for at, item in enumerate(value)]
        return f"[{f',{space}'.join(items)}]"
    if not isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    members = []
    for key, item in value.items():
        text = written(item, chosen, (*steps, key), space)
        if (*steps, key) == chosen:
            members.append(f"{json.dumps(key)}:{space}{json.dumps('') if item else text}")
        members.append(f"{json.dumps(key)}:{space}{text}")
    return "{" + f",{space}".join(members) + "}"


@settings(max_examples=400)
@given(st.sampled_from(GOLDEN), st.sampled_from(["", " "]), st.data())
def test_a_key_that_comes_twice_anywhere_is_seen(statement, space, data):
    keys = [steps for steps in places(statement) if steps and isinstance(steps[-1], str)]
    raw = written(statement, data.draw(st.sampled_from(keys)), space=space).encode()
    assert [one.rule_id for one in parse_statement(raw, "lms")] == ["key_appears_once"]
    assert_agreement(written(statement, None, space=space).encode())


@pytest.mark.parametrize("depth", range(194, 204))
def test_nesting_at_the_limit_is_judged_alike_wherever_it_stands(depth):
    deep = "[" * depth + "]" * depth
    for part in ('"result"', '"context"', '"object"'):
        inner = f'{{"extensions":{{"urn:a":{deep}}}}}'
        if part == '"object"':
            inner = f'{{"id":"urn:b","definition":{inner}}}'
        statement = {key: value for key, value in GOLDEN[0].items() if f'"{key}"' != part}
        assert_agreement(f"{json.dumps(statement)[:-1]},{part}:{inner}}}".encode())


@pytest.mark.parametrize("number", ["1e400", "-1e999", "9" * 400, "9" * 308, "-" + "9" * 30, "1E3"])
def test_numbers_of_any_size_are_judged_alike(number):
    statement = json.dumps({**GOLDEN[0], "context": {"extensions": {"urn:a": "N"}}})
    assert_agreement(statement.replace('"N"', number).encode())


IRIS = st.sampled_from(["https://example.org/", "urn:example:", "http://é.example/"]).flatmap(
    lambda start: st.text("abc0-._~é%20"[:8], max_size=5).map(lambda end: start + end)
)
UUIDS = st.uuids().map(str) | st.uuids().map(lambda value: str(value).upper())
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
MAPS = st.dictionaries(st.sampled_from(["en", "de-AT", "zh-Hans", "x-a"]), TEXT, max_size=2)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=4,
)
EXTENSIONS = st.dictionaries(IRIS, JSON, max_size=2)


def some(required, optional):
    return st.fixed_dictionaries(required, optional=optional)


IDENTIFIERS = st.one_of(
    st.sampled_from(["mailto:a@example.org", "mailto:B@Example.org"]).map(
        lambda one: {"mbox": one}
    ),
    st.just({"mbox_sha1sum": "ebd31e95054c018b10727ccffd2ef2ec3a016ee9"}),
    IRIS.map(lambda iri: {"openid": iri}),
    some({"homePage": IRIS, "name": TEXT.filter(bool)}, {}).map(lambda one: {"account": one}),
)
AGENTS = st.builds(
    lambda identifier, rest: identifier | rest,
    IDENTIFIERS,
    some({}, {"name": TEXT, "objectType": st.just("Agent")}),
)
MEMBERS = st.lists(AGENTS, min_size=1, max_size=2)
GROUPS = st.one_of(
    some({"objectType": st.just("Group"), "member": MEMBERS}, {"name": TEXT}),
    st.builds(
        lambda identifier, rest: identifier | rest,
        IDENTIFIERS,
        some({"objectType": st.just("Group")}, {"member": MEMBERS}),
    ),
)
DEFINITIONS = some(
    {},
    {"name": MAPS, "description": MAPS, "type": IRIS, "moreInfo": IRIS, "extensions": EXTENSIONS},
)
ACTIVITIES = some({"id": IRIS}, {"objectType": st.just("Activity"), "definition": DEFINITIONS})
REFS = some({"objectType": st.just("StatementRef"), "id": UUIDS}, {})
NUMBERED = st.floats(-1, 1).map(lambda scaled: {"scaled": scaled, "raw": 1, "min": -2, "max": 1.5})
RESULTS = some(
    {},
    {
        "score": NUMBERED,
        "success": st.booleans(),
        "completion": st.booleans(),
        "response": TEXT,
        "duration": st.sampled_from(["PT1.5S", "P4W", "P1DT2H"]),
        "extensions": EXTENSIONS,
    },
)
CONTEXTS = some(
    {},
    {
        "registration": UUIDS,
        "instructor": AGENTS | GROUPS,
        "team": GROUPS,
        "contextActivities": some({}, {"parent": ACTIVITIES, "other": st.lists(ACTIVITIES)}),
        "language": st.sampled_from(["en", "de-AT"]),
        "statement": REFS,
        "extensions": EXTENSIONS,
    },
)
TIMES = (
    st.datetimes().filter(lambda moment: 1 < moment.year < 9999).map(lambda one: one.isoformat())
)
PARTS = {"result": RESULTS, "context": CONTEXTS, "timestamp": TIMES}
VERBS = some({"id": IRIS}, {"display": MAPS})
TARGETS = st.one_of(
    ACTIVITIES, GROUPS, REFS, AGENTS.map(lambda agent: {**agent, "objectType": "Agent"})
)
SUB_STATEMENTS = some(
    {
        "objectType": st.just("SubStatement"),
        "actor": AGENTS | GROUPS,
        "verb": VERBS,
        "object": TARGETS,
    },
    PARTS,
)
STATEMENTS = some(
    {"actor": AGENTS | GROUPS, "verb": VERBS, "object": TARGETS | SUB_STATEMENTS},
    {"id": UUIDS, "authority": AGENTS, "stored": TIMES, "version": st.just("1.0.2"), **PARTS},
)


@settings(max_examples=250)
@given(STATEMENTS)
def test_what_is_made_by_the_specification_is_in_order_and_lands(statement):
    raw = json.dumps(statement).encode()
    assert validate_statement(raw) == []
    assert isinstance(parse_statement(raw, "lms"), ParsedStatement)
