"""Expressions reach nothing but the row; what they cannot do is refused or becomes a problem."""

import datetime as dt
from contextlib import suppress

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.xapi_ingest.mapping.small import ROW, TEXT, one, refused, small, worked_out
from xapi_ingest.errors import InputError
from xapi_ingest.mapping.expressions import ExpressionError, Language
from xapi_ingest.mapping.functions import PLAIN
from xapi_ingest.mapping.run import map_rows

ATTACKS = [
    "email.__class__()",
    "email['__class__'].mro()",
    "email.format(x=1)",
    "email|attr('__class__')",
    "lipsum.__globals__",
    "email.upper()",
    "cycler.__init__",
    "self",
    "range(1000000000)",
    "namespace(a=1)",
    "dict(a=1)",
    "[].append(1)",
    "upper.__wrapped__",
    "_concat('a', 'b')",
    "email|_item('x')",
    "2 ** 1000000",
    "'%09999999999d' % 1",
    "email[1:2]",
    "email is callable",
    "lower(*email)",
    "lower(**email)",
    "loop",
    "context",
    "environment",
    "{% set x = 1 %}",
    "x }}{{ y",
    "email; done",
    "lower()",
    "(" * 500 + "email" + ")" * 500,
]


@pytest.mark.parametrize("expression", ATTACKS)
def test_the_fence_refuses_it_when_the_mapping_is_loaded(expression):
    with pytest.raises(InputError, match=r"small\.yaml:19"):
        small("=note", orjson.dumps("=" + expression).decode())


def test_an_item_is_looked_up_in_records_and_lists_and_nowhere_else():
    assert refused("=email['__class__']").rule_id == "mapping.item"
    assert refused("=email.__class__").rule_id == "mapping.item"


@pytest.mark.parametrize(
    "expression", ["'ab' * 1000000000", "email * 3", "email + 'x'", "1000000000000 * 1000000000000"]
)
def test_arithmetic_is_for_numbers_within_bounds(expression):
    assert refused("=" + expression).rule_id == "mapping.number"


def test_a_text_cannot_be_doubled_beyond_a_million_letters():
    lets = "".join(f"  a{n + 1}: =a{n} ~ a{n}\n" for n in range(40))
    text = TEXT.replace("statements:", f"let:\n  a0: =email\n{lets}statements:")
    row = one(small(text=text))
    assert {problem.rule_id for problem in row.problems} == {"mapping.text"}


@given(st.text(max_size=60))
@settings(max_examples=80, deadline=None)
def test_any_text_is_an_expression_or_is_refused_as_one(source):
    language = Language(PLAIN)
    with suppress(ExpressionError):
        assert language.parse(source, ["email"]).names <= {"email"}


OPERATORS = st.sampled_from(["+", "-", "*", "/", "~", "<", "==", "in", "and", "or"])
FUNCTIONS = st.sampled_from(sorted(name for name in PLAIN if name[0] != "_"))
GRAMMAR = st.recursive(
    st.sampled_from(["email", "note", "none", "true", "1", "0", "2.5", "'a'", "[]", "[1, email]"]),
    lambda inner: st.one_of(
        st.tuples(inner, OPERATORS, inner).map(lambda parts: f"({' '.join(parts)})"),
        st.tuples(FUNCTIONS, inner).map(lambda parts: f"{parts[0]}({parts[1]})"),
        st.tuples(inner, inner, inner).map("({0[0]} if {0[1]} else {0[2]})".format),
        inner.map("({})[0]".format),
        inner.map("({}).name".format),
    ),
    max_leaves=8,
)
CELLS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.lists(st.text(max_size=3), max_size=3),
    st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=2),
)


@given(GRAMMAR, CELLS, CELLS)
@settings(max_examples=80, deadline=None)
def test_any_expression_on_any_cell_makes_a_statement_or_a_problem(expression, note, email):
    mapping = small("=note", orjson.dumps(f"={expression}").decode())
    row = one(mapping, Note=note, Email=email)
    assert bool(row.statements) != bool(row.problems)
    for problem in row.problems:
        assert problem.message
        assert problem.remedy


@given(st.lists(st.dictionaries(st.sampled_from([*ROW, "Note"]), CELLS), max_size=5))
@settings(max_examples=40, deadline=None)
def test_every_row_is_accounted_for_whatever_stands_in_it(records):
    rows = list(map_rows(small(), records))
    assert [row.position for row in rows] == list(range(1, len(records) + 1))
    assert all(bool(row.statements) != bool(row.problems) for row in rows)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("=email", "ann@acme.example"),
        ("email", "email"),
        ("=upper(course) ~ '-' ~ position", "C1-1"),
        ("=course | lower", "c1"),
        ("=note", None),
        ("='x' ~ note", None),
        ("=default(note, 'none given')", "none given"),
        ("=number('3') * 2 + 1", 7),
        ("=number(note) * 2", None),
        ("='yes' if course == 'C1' else 'no'", "yes"),
        ("='yes' if course == 'C2'", None),
        ("=course in ['C1', 'C2']", True),
        ("=note is none and not (email is none)", True),
        ("=split('a, b,,c')", ["a", "b", "c"]),
        ("=last(split('a/b/c', '/'))", "c"),
        ("=before('date;who;what', ';')", "date"),
        ("=after('date', ';')", None),
        ("=before_last('a-b-c', '-')", "a-b"),
        ("=join(['a', none, 'b'], '+')", "a+b"),
        ("=left('abcdef', 3)", "abc"),
        ("=-number('4')", -4),
        ("=round(number('2.345'), 2)", 2.35),
        ("=replace('a b', ' ', '')", "ab"),
        ("=iri('https://x.example/', 'a b', 'ü/1')", "https://x.example/a%20b/%C3%BC%2F1"),
        ("=mailto(' Ann@Acme.example ')", "mailto:ann@acme.example"),
        ("=file", "query"),
    ],
)
def test_an_expression_gives(expression, expected):
    assert worked_out(expression) == expected


@given(
    st.datetimes(dt.datetime(1, 1, 3), dt.datetime(9999, 12, 29))  # noqa: DTZ001
)
@settings(max_examples=40, deadline=None)
def test_an_instant_is_the_same_instant_in_utc(moment):
    aware = moment.replace(tzinfo=dt.timezone(dt.timedelta(hours=5, minutes=30)))
    found = worked_out("=instant(note)", Note=aware.isoformat())
    assert dt.datetime.fromisoformat(found) == aware
    assert found.endswith("Z")
