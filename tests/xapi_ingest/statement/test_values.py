"""Durations, instants, segments, identifiers."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xapi_ingest.statement.duration import duration_from_seconds, seconds_from_duration
from xapi_ingest.statement.identity import iri_from_text, uuid_from_text
from xapi_ingest.statement.instant import instant_from_text
from xapi_ingest.statement.segments import seconds_from_segments


@given(st.integers(0, 10**9))
def test_a_length_survives_being_written_as_a_duration(hundredths):
    seconds = hundredths / 100
    assert seconds_from_duration(duration_from_seconds(seconds)) == pytest.approx(seconds, abs=1e-6)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("PT4H35M59.14S", 16559.14),
        ("P16559.14S", 16559.14),
        ("P0Y0M0DT1H36M00S", 5760),
        ("P4W", 2419200),
        ("P1Y", 31556952),
        ("PT0,5H", 1800),
        ("PT0S", 0),
    ],
)
def test_a_duration_is_its_seconds(text, seconds):
    assert seconds_from_duration(text) == pytest.approx(seconds)


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "P4W1D", "1H", "PT1.5H30M", "-PT1S", "P1DT", "pt1s", "PT1S "]
)
def test_what_is_no_duration_is_refused(text):
    with pytest.raises(ValueError, match="duration"):
        seconds_from_duration(text)


def instant_or_none(text):
    try:
        return instant_from_text(text)
    except ValueError:
        return None


@given(
    st.sampled_from(["2026-03-01", "20260301", "2026-W09-7", "2026-02-30", "2026-03"]),
    st.sampled_from(["T", "t", " ", "x", ""]),
    st.sampled_from(["", "09:30", "0930", "09:30:15.1234567", "09:30:60", "24:00:00", "09,5"]),
    st.sampled_from(["", "+01:00", "Z", "."]),
)
def test_the_usual_writing_of_utc_is_read_as_any_other(date, separator, time, between):
    start = date + separator + time + between
    for text in (start + "Z", start + "+00:00"):
        assert instant_or_none(text) == instant_or_none(start + "+0000")


@given(st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1)), st.integers(-23 * 60, 23 * 60))  # noqa: DTZ001
def test_an_instant_is_the_same_in_every_zone(moment, offset):
    local = moment.replace(tzinfo=timezone(timedelta(minutes=offset)))
    expected = (local - timedelta(minutes=offset)).replace(tzinfo=None)
    assert instant_from_text(local.isoformat()) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-01T10:00:00", datetime(2026, 3, 1, 10)),  # noqa: DTZ001  (no zone: UTC)
        ("20260301T100000Z", datetime(2026, 3, 1, 10)),  # noqa: DTZ001
        ("2026-03-01T10:00:00.123456789Z", datetime(2026, 3, 1, 10, 0, 0, 123456)),  # noqa: DTZ001
        ("2016-12-31T23:59:60Z", datetime(2017, 1, 1)),  # noqa: DTZ001
        ("2026-03-01T10:00-05", datetime(2026, 3, 1, 15)),  # noqa: DTZ001
        ("2026-03-01 10:00:00z", datetime(2026, 3, 1, 10)),  # noqa: DTZ001  (RFC 3339)
        ("2026-W09-7T10:00:00Z", datetime(2026, 3, 1, 10)),  # noqa: DTZ001
        ("2026-02-28T24:00:00Z", datetime(2026, 3, 1)),  # noqa: DTZ001
        ("2026-02-28T24+01", datetime(2026, 2, 28, 23)),  # noqa: DTZ001
    ],
)
def test_the_forms_of_iso_8601_are_read(text, expected):
    assert instant_from_text(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "2026-03-01", "2026-03-01/10:00:00Z", "2026-13-01T10:00:00Z", "0001-01-01T00:00:00+09:00"],
)
def test_what_is_no_instant_is_refused(text):
    with pytest.raises(ValueError, match=r"ISO 8601|month|day|years"):
        instant_from_text(text)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0[.]10[,]5[.]20", 20.0),
        ("0[.]156.074[,]156.116[.]160.648", 160.606),
        ("20[.]10", 10.0),
        ("", 0.0),
        ("0[.]42.6[,]43.2[.]124.7[,]176.4", 124.1),
        ("0[.]42.6[,]43.2[.]", 42.6),
        ("176.4", 0.0),
        ("0-10", None),
        ("[.]10", None),
        ("0[.]nan", None),
        ("a[.]b", None),
    ],
)
def test_what_was_played_twice_counts_once(text, seconds):
    assert seconds_from_segments(text) == seconds


@pytest.mark.parametrize("text", ["course-v1:edX+DemoX", "uuid://0aec", "http://é.example/ü?a=1&b"])
def test_an_iri_has_a_scheme_and_no_blank(text):
    assert iri_from_text(text) == text
    with pytest.raises(ValueError, match="IRI"):
        iri_from_text(text + " x")


def test_a_uuid_is_kept_in_lower_case():
    assert uuid_from_text("AE5A6B0C-0000-1000-8000-00000000000F")[:8] == "ae5a6b0c"
