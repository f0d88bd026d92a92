"""The array splitter gives what a JSON reader gives, wherever the blocks are cut."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xapi_ingest.sources.documents import DocumentSplitter
from xapi_ingest.sources.pending import Pending

VALUES = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def split(text: bytes, size: int, limit: int = 10**9):
    splitter = DocumentSplitter(Pending(limit=limit, next_path=Path))
    elements = []
    for start in range(0, len(text), size):
        elements += splitter.feed(text[start : start + size])
    return elements, splitter.fault(), splitter.rest()


@given(st.lists(VALUES, max_size=6), st.integers(1, 40), st.sampled_from([None, 2]), st.booleans())
def test_an_array_gives_its_elements_wherever_blocks_are_cut(values, size, indent, is_ascii):
    text = json.dumps(values, indent=indent, ensure_ascii=is_ascii).encode(errors="surrogatepass")
    elements, fault, rest = split(text, size)
    assert [json.loads(element) for element in elements] == values
    assert (fault, rest) == (None, b"")


@given(st.lists(VALUES, max_size=5), st.dictionaries(st.text(), VALUES), st.integers(1, 40))
def test_an_envelope_gives_the_elements_of_its_statements(values, others, size):
    others.pop("statements", None)
    text = json.dumps({**others, "statements": values, "more": "/next"}).encode()
    elements, fault, rest = split(text, size)
    assert [json.loads(element) for element in elements] == values
    assert (fault, rest) == (None, b"")


@given(
    st.lists(st.dictionaries(st.text(), VALUES), min_size=1, max_size=5),
    st.sampled_from(["", " ", "\n", "\r\n"]),
    st.integers(1, 40),
)
def test_objects_one_after_another_are_elements(values, separator, size):
    values = [{key: item for key, item in value.items() if key != "statements"} for value in values]
    elements, fault, rest = split(separator.join(map(json.dumps, values)).encode(), size)
    assert [json.loads(element) for element in elements] == values
    assert (fault, rest) == (None, b"")


@given(st.binary(max_size=80), st.integers(1, 20))
def test_no_byte_but_white_space_brackets_and_commas_is_lost(noise, size):
    elements, _, rest = split(b"[" + noise, size)
    kept = b"".join([*elements, rest])
    for dropped in b"[]{},: \t\n\r":
        kept, noise = kept.replace(bytes([dropped]), b""), noise.replace(bytes([dropped]), b"")
    if b"statements" not in noise:
        assert kept == noise


@pytest.mark.parametrize(
    ("text", "elements", "rest"),
    [
        (b'[{"a":1},{"b":2}', [b'{"a":1}'], b'{"b":2}'),
        (b'[{"a":1},', [b'{"a":1}'], b""),
        (b'[{"a":1}] tail', [b'{"a":1}'], b"tail"),
        (b'[{"a":1}}', [b'{"a":1}'], b"}"),
        (b'{"statements":[{"a":1}],"more":', [b'{"a":1}'], b',"more":'),
        (b"nothing of the kind", [], b"nothing of the kind"),
    ],
)
def test_a_document_that_is_not_whole_says_so_and_keeps_what_came_before(text, elements, rest):
    assert split(text, 7)[::2] == (elements, rest)
    assert split(text, 7)[1]


def test_a_comma_too_many_leaves_an_empty_element_in_the_middle_and_none_at_the_end():
    assert split(b"[1,,2,]", 3)[0] == [b"1", b"", b"2"]
