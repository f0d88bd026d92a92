"""Records, lists, addresses and SCORM's forms in expressions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.xapi_ingest.mapping.small import refused, worked_out
from xapi_ingest.mapping.records import web
from xapi_ingest.mapping.scorm import interaction_type, numbered, response
from xapi_ingest.statement.response import departure_from_format

TREE = {"id": "a", "parts": [{"id": "b", "parts": [{"id": "c"}]}, {"id": "d", "parts": None}]}


@pytest.mark.parametrize(
    ("expression", "cell", "expected"),
    [
        ("=part(note, 'a.b.c')", {"a": {"b": {"c": 1}}}, 1),
        ("=part(note, 'a.b.c')", {"a": "b"}, None),
        ("=part(note, 'a')", "text", None),
        ("=id_of(note)", {"id": "x"}, "x"),
        ("=id_of(note)", "https://x.example", "https://x.example"),
        ("=find(note, 'k', 2).v", [{"k": 1, "v": "no"}, {"k": 2, "v": "yes"}], "yes"),
        ("=find(note, 'k', 3)", [{"k": 1}, "text"], None),
        ("=entries(note)", {"a": 1}, [{"key": "a", "value": 1}]),
        ("=length(within(note, 'parts'))", TREE, 4),
        ("=last(within(note, 'parts')).id", TREE, "d"),
        ("=length(pairs(within(note, 'parts'), 'parts'))", TREE, 3),
        ("=json(note).a", '{"a": [1]}', [1]),
        ("=json(note).a", {"a": [1]}, [1]),
        ("=as_json(note)", ["a", 1], '["a",1]'),
        ("=unquote(note)", "a%2Bb", "a+b"),
        ("=linked(as_list(note), 'https://kb')", "see https://kb.x/1, https://y.x https://kb.x/1.",
         [{"outer": "see https://kb.x/1, https://y.x https://kb.x/1.", "inner": "https://kb.x/1"}]),
        ("=web(note)", " https://x.example/a b?q=ü#z ", "https://x.example/a%20b?q=%C3%BC#z"),
        ("=web(note)", "javascript:alert(1)", None),
        ("=web(note)", "https://", None),
        ("=seconds(note)", "PT1H2M3.5S", 3723.5),
        ("=seconds(note)", "0001:02:03.50", 3723.5),
    ],
)  # fmt: skip
def test_what_is_inside_a_cell_can_be_named(expression, cell, expected):
    assert worked_out(expression, Note=cell) == expected


@pytest.mark.parametrize(
    ("expression", "cell", "rule"),
    [
        ("=json(note)", "{cut", "mapping.json"),
        ("=entries(note)", [1], "mapping.item"),
        ("=json(note)", "nan", "mapping.json"),
    ],
)
def test_what_is_no_record_is_a_problem(expression, cell, rule):
    assert refused(expression, Note=cell).rule_id == rule


@given(st.text(max_size=40))
def test_a_web_address_has_no_space_and_keeps_what_is_safe(text):
    made = web(f"https://x.example/{text}")
    assert made is not None
    assert not set(made) & set(' <>"{}|\\^`\n')
    assert web(made) == made


@pytest.mark.parametrize(
    ("kind", "written", "expected"),
    [
        ("true-false", "t", "true"),
        ("true-false", "0", "false"),
        ("true-false", "maybe", None),
        ("choice", "a,b", "a[,]b"),
        ("choice", "{a,b}", "a[,]b"),
        ("choice", "a[,]b", "a[,]b"),
        ("sequencing", "c,a,b", "c[,]a[,]b"),
        ("matching", "1.a,2.b", "1[.]a[,]2[.]b"),
        ("matching", "a", None),
        ("numeric", "3.5", "3.5"),
        ("numeric", "three", None),
        ("fill-in", "any, thing", "any, thing"),
    ],
)
def test_a_response_of_scorm_1_2_is_written_in_the_form_of_xapi(kind, written, expected):
    assert response(written, kind) == expected


@given(st.sampled_from(["true-false", "choice", "matching", "numeric", "likert"]), st.text())
def test_no_response_departs_from_the_form_of_its_type(kind, text):
    made = response(text, kind)
    assert made is None or departure_from_format(kind, made) is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [("TrueFalse", "true-false"), ("LongFillIn", "long-fill-in"), ("choice", "choice")],
)  # fmt: skip
def test_an_interaction_type_is_known_in_either_spelling(written, expected):
    assert interaction_type(written) == expected


def test_numbered_elements_come_in_the_order_of_their_numbers():
    elements = {"cmi.a_10.id": "k", "cmi.a.2.id": "c", "cmi.a_2.b.0.c": 1, "cmi.other_1.id": "no"}
    assert numbered(elements, "cmi.a") == [
        {"number": 2, "id": "c", "b.0.c": 1},
        {"number": 10, "id": "k"},
    ]
