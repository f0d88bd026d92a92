"""One content, one fingerprint: however it is written."""

import json

from hypothesis import given
from hypothesis import strategies as st

from xapi_ingest.statement.canonical import decoded, fingerprint_and_quotes, with_doubles

NUMBERS = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abcé", max_size=2), inner),
    max_leaves=8,
)
OBJECTS = st.dictionaries(st.text("abcé", max_size=3), VALUES, max_size=5)


def fingerprint(value):
    return fingerprint_and_quotes(decoded(json.dumps(value).encode()))[0]


def turned(value):
    if isinstance(value, dict):
        return {key: turned(value[key]) for key in reversed(value)}
    if isinstance(value, list):
        return [turned(item) for item in value]
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= 2**53:
        return float(value)
    return value


@given(OBJECTS)
def test_order_white_space_and_the_writing_of_numbers_make_no_difference(value):
    again = decoded(json.dumps(turned(value), indent=3).encode())
    assert fingerprint_and_quotes(again)[0] == fingerprint(value)


@given(OBJECTS, OBJECTS)
def test_two_contents_have_two_fingerprints(one, other):
    assert (fingerprint(one) == fingerprint(other)) == (equal(one, other))


def equal(one, other):
    """JSON equality: Python takes True for 1."""
    return strict(one) == strict(other)


def strict(value):
    if isinstance(value, dict):
        return {key: strict(item) for key, item in value.items()}
    if isinstance(value, list):
        return [strict(item) for item in value]
    return ("truth", value) if isinstance(value, bool) else value


def test_what_a_receiving_store_may_set_is_left_out():
    content = {"actor": 1, "verb": 2}
    stored = {**content, "id": "x", "stored": "now", "authority": {}, "version": "1.0.0"}
    assert fingerprint(stored) == fingerprint(content)


@given(OBJECTS)
def test_quotes_are_counted_as_a_compact_writing_has_them(value):
    text = json.dumps(value, ensure_ascii=False)
    assert fingerprint_and_quotes(decoded(text.encode()))[1] == text.count('"')


def test_an_integer_beyond_64_bits_is_a_double_however_it_is_written():
    assert fingerprint(with_doubles({"a": [2**70]})) == fingerprint({"a": [float(2**70)]})
    assert with_doubles({"a": 2**64 - 1, "b": -(2**63)}) == {"a": 2**64 - 1, "b": -(2**63)}
    assert fingerprint({"a": 2**64 - 1}) != fingerprint({"a": 2**64 - 2})
