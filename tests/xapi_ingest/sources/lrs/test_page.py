"""A page is whole or it is none: no cut and no damage loses a statement quietly."""

import json

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.xapi_ingest.sources.lrs.small_lrs import BEGIN, statement
from xapi_ingest.errors import InputError
from xapi_ingest.sources.lrs.clock import (
    SYSTEM_CLOCK,
    instant_from_http,
    instant_from_iso,
    seconds_from_retry_after,
)
from xapi_ingest.sources.lrs.page import CutOffError, page_from_body

URL = httpx2.URL("https://lrs.example.com/xapi/statements?limit=2")
RAWS = [json.dumps(statement(number, BEGIN)).encode() for number in range(3)]
ODD = [
    b'{"a":"]}\\"","b":[1,{"statements":[2]}]}',
    b'{"n":NaN}',
    b"nonsense",
    b'{"t":"\xff"}',
    b"7",
]


def page(body):
    return page_from_body(body, url=URL, source_name="academy")


def body_of(raws, *, link=b'"/xapi/more/1"', is_first=False):
    more, held = b'"more":' + link, b'"statements": [' + b" , ".join(raws) + b"]"
    return b"{" + (more + b"," + held if is_first else held + b", " + more) + b"}"


@given(st.lists(st.sampled_from(RAWS + ODD), max_size=6), st.booleans())
def test_every_statement_comes_out_as_it_went_in(raws, is_first):
    result = page(body_of(raws, is_first=is_first))
    assert result.raws == raws
    assert result.more == "https://lrs.example.com/xapi/more/1"


@given(st.lists(st.sampled_from(RAWS + ODD), max_size=3), st.booleans(), st.data())
def test_a_page_that_is_cut_off_anywhere_is_no_page(raws, is_first, data):
    body = body_of(raws, is_first=is_first)
    cut = data.draw(st.integers(0, len(body) - 1))
    with pytest.raises((CutOffError, InputError)):
        page(body[:cut])


@given(st.lists(st.sampled_from(RAWS), min_size=1, max_size=3), st.data())
def test_damage_is_seen_or_stays_within_its_statement(raws, data):
    body = bytearray(body_of(raws))
    for _ in range(data.draw(st.integers(1, 3))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    try:
        result = page(bytes(body))
    except (CutOffError, InputError):
        return
    assert all(raw in body for raw in result.raws)


def test_a_link_that_is_no_text_is_a_page_that_was_damaged():
    body = body_of(RAWS[:1])
    with pytest.raises(CutOffError):
        page(body[:-1] + b',"more":"\x80"}')


def test_a_byte_order_mark_is_no_part_of_the_page():
    assert page(b"\xef\xbb\xbf" + body_of(RAWS)).raws == RAWS


@pytest.mark.parametrize(
    ("link", "address"),
    [
        (b'"/more?x=%2F&y=1#z"', "https://lrs.example.com/more?x=%2F&y=1"),
        (b'"more/7"', "https://lrs.example.com/xapi/more/7"),
        (b'"?page=2"', "https://lrs.example.com/xapi/statements?page=2"),
        (b'"https://lrs.example.com:443/more"', "https://lrs.example.com/more"),
        (b'"HTTPS://LRS.example.com/more"', "https://lrs.example.com/more"),
        (b'""', ""),
        (b"null", ""),
    ],
)
def test_links_are_resolved_against_the_page_that_holds_them(link, address):
    assert page(body_of(RAWS, link=link)).more == address


@pytest.mark.parametrize(
    "link",
    [
        b'"http://lrs.example.com/more"',
        b'"https://lrs.example.com:8443/more"',
        b'"https://lrs.example.com@evil.example/more"',
        b'"https://ann:pw@lrs.example.com/more"',
        b'"//evil.example/more"',
        b'"javascript:alert(1)"',
    ],
)
def test_links_to_anywhere_else_are_never_followed(link):
    with pytest.raises(InputError, match="`more` link") as caught:
        page(body_of(RAWS, link=link))
    assert "pw" not in str(caught.value)


@given(st.text(max_size=40))
def test_no_text_of_a_header_is_too_much(text):
    instant_from_iso(text)
    instant_from_http(text)
    seconds = seconds_from_retry_after(text, SYSTEM_CLOCK)
    assert seconds is None or 0 <= seconds <= 1e12


@pytest.mark.parametrize(("text", "seconds"), [("120", 120), ("0", 0), ("-3", None), ("", None)])
def test_retry_after_in_seconds(text, seconds):
    assert seconds_from_retry_after(text, SYSTEM_CLOCK) == seconds


def test_retry_after_of_a_thousand_digits_is_a_time():
    assert seconds_from_retry_after("9" * 1000, SYSTEM_CLOCK) == 1e9
