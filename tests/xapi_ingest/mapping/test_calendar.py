"""Calendars: series and their exceptions, summer time, what is over, what is broken."""

import io
import tracemalloc

import orjson
import pytest

from xapi_ingest.errors import InputError
from xapi_ingest.mapping.load import mapping_from_text
from xapi_ingest.mapping.run import map_stream

GUEST = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:ben@acme.example"


def mapped(*events, until="2024-12-31", parameters="{}", zone="Europe/Berlin"):
    """What becomes of a calendar with these events, each the lines between BEGIN and END."""
    own = mapping_from_text(
        f"extends: mentoring-calendar\ntime_zone: {zone}\nparameters: {parameters}\n"
        f"input: {{until: {until}}}\n",
        "own.yaml",
    )
    body = "".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n" for event in events)
    text = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{body}END:VCALENDAR\r\n"
    return list(map_stream(own, io.BytesIO(text.encode()), "file"))


def event(start="20240318T090000", end="20240318T100000", *more, uid="u"):
    lines = [f"UID:{uid}", f"DTSTART:{start}", f"DTEND:{end}", "SUMMARY:Mentoring", GUEST]
    return "\r\n".join([*lines, "ORGANIZER:mailto:mia@acme.example", *more])


def times(rows):
    """When the mentor's meetings ended."""
    statements = [orjson.loads(raw) for row in rows for raw in row.statements]
    return [one["timestamp"] for one in statements if one["verb"]["id"].endswith("mentored")]


def test_a_series_keeps_its_hour_across_the_change_to_summer_time():
    rows = mapped(event("20240325T090000", "20240325T100000", "RRULE:FREQ=WEEKLY;COUNT=2"))
    assert times(rows) == ["2024-03-25T09:00:00Z", "2024-04-01T08:00:00Z"]


def test_a_series_without_an_end_stops_at_the_bound():
    rows = mapped(
        event("20240318T090000", "20240318T100000", "RRULE:FREQ=DAILY"), until="2024-03-21"
    )
    assert len(times(rows)) == 3


def test_a_meeting_that_is_not_over_does_not_count_yet():
    assert times(mapped(event(), until="2024-03-18T10:30:00+01:00")) == ["2024-03-18T09:00:00Z"]
    assert mapped(event(), until="2024-03-18T09:30:00+01:00") == []


def test_a_moved_meeting_keeps_its_id_and_a_cancelled_one_is_left_out():
    series = event("20240318T090000", "20240318T100000", "RRULE:FREQ=WEEKLY;COUNT=3")
    moved = event("20240326T140000", "20240326T150000", "RECURRENCE-ID:20240325T090000")
    gone = event(
        "20240401T090000", "20240401T100000", "RECURRENCE-ID:20240401T090000", "STATUS:CANCELLED"
    )
    before, after = mapped(series), mapped(series, moved, gone)
    ids = [
        [orjson.loads(row.statements[0])["id"] for row in rows if row.statements]
        for rows in (before, after)
    ]
    assert len(ids[0]) == 6
    assert ids[1] == ids[0][:4]
    assert times(after) == ["2024-03-18T09:00:00Z", "2024-03-26T14:00:00Z"]
    assert {row.skipped_because for row in after if not row.statements} == {"cancelled"}


def test_the_mentor_can_be_the_guest():
    rows = mapped(event(), parameters="{mentor: guest}")
    told = {
        one["actor"]["mbox"]: one["verb"]["display"]["en"]
        for row in rows
        for one in map(orjson.loads, row.statements)
    }
    assert told == {"mailto:ben@acme.example": "mentored", "mailto:mia@acme.example": "attended"}


def test_a_topic_keeps_other_meetings_out():
    rows = mapped(event(), parameters="{topic: sales}")
    assert {row.skipped_because for row in rows} == {"another topic"}
    assert all(row.statements for row in mapped(event(), parameters="{topic: MENTOR}"))


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ("UID:x\r\nDTSTART:someday", "cannot be read"),
        ("UID:x\r\nSUMMARY:no time", "cannot be read"),
        ("UID:x\r\nDTSTART:20240101T000000\r\nRRULE:FREQ=SECONDLY", "within the day"),
        ("UID:x\r\nDTSTART:20240101T000000\r\nRRULE:FREQ=FORTNIGHTLY", "cannot be read"),
        ("UID:x\r\nDTSTART:20240101T000000\r\nRRULE:INTERVAL=0;FREQ=DAILY", "of nothing"),
        ("UID:x\r\nDTSTART;TZID=Mars/Olympus:20240101T000000", "zone is not known"),
    ],
)
def test_a_broken_event_costs_its_own_row_only(bad, message):
    rows = mapped(event(uid="a"), bad, event(uid="b"))
    (problem,) = [problem for row in rows for problem in row.problems]
    assert message in problem.message
    assert len(times(rows)) == 2


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b'{"statements": []}', b"a,b\n1,2\n"])
def test_what_is_no_calendar_is_refused_with_what_to_do(data):
    own = mapping_from_text("extends: mentoring-calendar\n", "own.yaml")
    with pytest.raises(InputError, match=r"is no calendar.*\.ics"):
        list(map_stream(own, io.BytesIO(data), "file"))


def test_a_time_zone_that_cannot_be_read_refuses_the_whole_file():
    zone = "BEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nDTSTART:soon\nEND:STANDARD\nEND:VTIMEZONE\n"
    own = mapping_from_text("extends: mentoring-calendar\n", "own.yaml")
    with pytest.raises(InputError, match=r"time zone .* cannot be read"):
        list(map_stream(own, io.BytesIO(f"BEGIN:VCALENDAR\n{zone}".encode()), "file"))


def test_an_event_without_bounds_is_put_aside():
    rows = mapped("UID:x\r\nDTSTART:20240101T000000\r\nDESCRIPTION:" + "x" * 5_000_000)
    assert [row.problems[0].rule_id for row in rows] == ["mapping.document"]


def test_a_calendar_without_events_has_no_rows():
    assert mapped() == []


def test_memory_does_not_grow_with_the_calendar():
    def peak(count):
        events = (event(uid=f"u{number}") for number in range(count))
        body = "".join(f"BEGIN:VEVENT\r\n{one}\r\nEND:VEVENT\r\n" for one in events)
        stream = io.BytesIO(f"BEGIN:VCALENDAR\r\n{body}END:VCALENDAR\r\n".encode())
        own = mapping_from_text("extends: mentoring-calendar\n", "own.yaml")
        tracemalloc.start()
        for _ in map_stream(own, stream, "file"):
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(20)
    assert peak(400) < 1.5 * peak(100)
