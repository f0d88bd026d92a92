"""One content, one fingerprint: however it is written."""

import json

from hypothesis import given
from hypothesis import strategies as st

from xapi_ingest.statement.canonical import fingerprint_of_whole, value_and_text

NUMBERS = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abcé", max_size=2), inner),
    max_leaves=8,
)
OBJECTS = st.dictionaries(st.text("abcé", max_size=3), VALUES, max_size=5)


def fingerprint(value):
    return fingerprint_of_whole(json.dumps(value).encode())


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
    again = json.dumps(turned(value), indent=3).encode()
    assert fingerprint_of_whole(again) == fingerprint(value)


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
def test_the_text_has_the_quotes_of_any_writing_and_is_no_longer_than_a_compact_one(value):
    raw = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    text = value_and_text(raw)[1]
    assert text.count(b'"') == raw.count(b'"')
    assert len(text) <= len(raw) or any(character in raw for character in b"eE")


@given(OBJECTS, OBJECTS)
def test_the_text_of_an_object_is_made_of_the_texts_of_its_values(one, other):
    texts = [value_and_text(json.dumps(value).encode())[1] for value in (one, other)]
    whole = value_and_text(json.dumps({"b": other, "a": one}).encode())[1]
    assert whole == b'{"a":%b,"b":%b}' % (*texts,)


def test_an_integer_beyond_64_bits_is_a_double_however_it_is_written():
    assert fingerprint({"a": [2**70]}) == fingerprint({"a": [float(2**70)]})
    for number in (2**64 - 1, -(2**63)):
        assert value_and_text(str(number).encode()) == (number, str(number).encode())
    assert fingerprint({"a": 2**64 - 1}) != fingerprint({"a": 2**64 - 2})
