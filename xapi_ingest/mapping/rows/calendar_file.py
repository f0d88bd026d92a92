"""Calendars (iCalendar, RFC 5545): a row for each person of each event that is over.

Series are unfolded by ``recurring_ical_events``: EXDATE, RDATE, changed and cancelled dates,
summer time. Events that do not repeat stream; only the texts of series are held together.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO, Final, NamedTuple
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, Event
from icalendar.timezone import tzp

from xapi_ingest.errors import InputError
from xapi_ingest.mapping.model import MappingModel
from xapi_ingest.mapping.rows.guests import record_of
from xapi_ingest.mapping.rows.row import Row, RowFault, row_from_record

MAX_SERIES_BYTES: Final = 256 * 1024 * 1024
MAX_EVENT_CHARACTERS: Final = 4_000_000
_MAX_LINE: Final = 1024 * 1024
MAX_OCCURRENCES: Final = 20_000
_SERIES_MARKS: Final = ("RRULE", "RDATE", "RECURRENCE-ID")
_TOO_OFTEN: Final = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})
# What the libraries raise on an event that is not what RFC 5545 asks for.
_BROKEN: Final = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError)
_HEAD: Final = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//tilth//EN\r\n"
_FOOT: Final = "END:VCALENDAR\r\n"


class _Block(NamedTuple):
    """The text of one component, with the line at which it ends."""

    kind: str
    line: int
    text: str
    uid: str
    is_series: bool


def read_calendar(model: MappingModel, stream: BinaryIO, name: str) -> Iterator[Row]:
    """Rows of the people of every event that ended before ``until``.

    Raises:
        InputError: It is no calendar, or its series are too large to be held together.
    """
    until = _until(model)
    start = stream.tell()
    zones, series = _first_pass(stream, name)
    tzp.use_zoneinfo()  # forgets the zones of the file before
    _learn(zones, name)
    stream.seek(start)
    position = 0
    groups = _groups(_blocks(stream), series)
    for group in groups:
        for found, line in _rows_of(group, model, until):
            position += 1
            if isinstance(found, RowFault):
                yield Row(position, line, {}, {"uid": group[0].uid}, found)
            else:
                yield row_from_record(model, position, line, found)


def _learn(zones: list[str], name: str) -> None:
    """Makes the time zones of the file known to the events that are parsed without them."""
    try:
        Calendar.from_ical(_HEAD + "".join(zones) + _FOOT)
    except _BROKEN as error:
        raise InputError(
            f"{name}: a time zone (VTIMEZONE) cannot be read ({type(error).__name__}).",
            remedy="Without it every time could be wrong: export the calendar again.",
        ) from error


def _until(model: MappingModel) -> datetime:
    if model.input.until is None:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(model.input.until)
    except ValueError as error:
        raise InputError(
            "input: until is no point in time.", remedy="Write it like 2026-01-31T00:00:00Z."
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(model.time_zone))


def _first_pass(stream: BinaryIO, name: str) -> tuple[list[str], dict[str, list[_Block]]]:
    """Time zones, and the components of every event that repeats, by their UID."""
    zones: list[str] = []
    series: dict[str, list[_Block]] = {}
    is_calendar = False
    size = 0
    for block in _blocks(stream):
        is_calendar = True
        if block.kind == "VTIMEZONE":
            zones.append(block.text)
        elif block.is_series:
            series.setdefault(block.uid, []).append(block)
            size += len(block.text)
        if size > MAX_SERIES_BYTES:
            raise InputError(
                f"{name}: the repeating events are larger than {MAX_SERIES_BYTES:,} bytes.",
                remedy="Export one calendar at a time.",
            )
    if not is_calendar:
        stream.seek(0)
        if not stream.read(200).lstrip(b"\xef\xbb\xbf \r\n").upper().startswith(b"BEGIN:VCALENDAR"):
            raise InputError(
                f"{name} is no calendar.",
                remedy="Export the calendar as iCalendar (.ics); it begins with BEGIN:VCALENDAR.",
            )
    return zones, series


def _groups(blocks: Iterator[_Block], series: dict[str, list[_Block]]) -> Iterator[list[_Block]]:
    """Events that belong together: a series with its exceptions where the first of them stands."""
    for block in blocks:
        if block.kind == "VTIMEZONE":
            continue
        if block.uid not in series:
            yield [block]
        elif block.is_series and block == series[block.uid][0]:
            yield series[block.uid]


def _blocks(stream: BinaryIO) -> Iterator[_Block]:
    """The events and time zones of a calendar; one that is cut off ends in a block without END."""
    lines: list[str] = []
    kind = uid = ""
    is_series = False
    number = size = 0
    while raw := stream.readline(_MAX_LINE):
        number += 1
        line = raw.decode("utf-8", "replace").removeprefix("\ufeff").rstrip("\r\n")
        word = line.strip().upper()
        if not kind and word in ("BEGIN:VEVENT", "BEGIN:VTIMEZONE"):
            kind, uid, is_series, lines = word.removeprefix("BEGIN:"), f"line {number}", False, []
            size = 0
        if not kind:
            continue
        size += len(line)
        if size <= MAX_EVENT_CHARACTERS:  # a longer event lacks its END, and is refused for it
            lines.append(line)
        if word.startswith("UID:"):
            uid = line.strip()[4:]
        is_series |= word.startswith(_SERIES_MARKS)
        if word == f"END:{kind}":
            yield _Block(kind, number, "\r\n".join(lines) + "\r\n", uid, is_series)
            kind = ""
    if kind == "VEVENT":
        yield _Block(kind, number, "", uid, is_series=False)


def _rows_of(
    group: list[_Block], model: MappingModel, until: datetime
) -> Iterator[tuple[dict[str, Any] | RowFault, int]]:
    line = group[-1].line
    zone = ZoneInfo(model.time_zone)
    try:
        found = [
            record
            for event in _occurrences(group, until)
            for record in record_of(event, zone, until)
        ]
    except _RefusedError as refusal:
        yield RowFault("document", str(refusal), "Look at the event in the calendar."), line
        return
    except _BROKEN as error:
        message = f"the event cannot be read ({type(error).__name__})"
        yield RowFault("document", message, "Look at the event in the calendar."), line
        return
    for record in found:
        yield record, line


class _RefusedError(Exception):
    """An event that is refused; the message says why."""


def _occurrences(group: list[_Block], until: datetime) -> Iterator[Event]:
    if any(not block.text for block in group):
        raise _RefusedError("the calendar breaks off in this event")
    calendar = Calendar.from_ical(_HEAD + "".join(block.text for block in group) + _FOOT)
    events = calendar.events
    for event in events:
        _refuse_unknown_zone(event)
        _refuse_endless(event)
    if not any(block.is_series for block in group):
        yield from events
        return
    first = min(_moment(event) for event in events)
    if first > until:
        return
    found = recurring_ical_events.of(calendar).between(first, until)
    if len(found) > MAX_OCCURRENCES:
        raise _RefusedError(f"the event repeats more than {MAX_OCCURRENCES:,} times")
    yield from found


def _refuse_endless(event: Event) -> None:
    """Refuse rules that would never come to an end, or to more than a calendar can mean."""
    rules = event.get("RRULE", [])
    for rule in rules if isinstance(rules, list) else [rules]:
        if _TOO_OFTEN.intersection(rule.get("FREQ", [])):
            raise _RefusedError("the event repeats within the day")
        if any(interval < 1 for interval in rule.get("INTERVAL", [])):
            raise _RefusedError("the event repeats at an interval of nothing")


def _refuse_unknown_zone(event: Event) -> None:
    """Refuse times of a zone that neither the file nor the world knows: they could mean any."""
    for name in ("DTSTART", "DTEND"):
        value = event.get(name)
        is_zoned = value is not None and "TZID" in value.params
        if is_zoned and isinstance(value.dt, datetime) and value.dt.tzinfo is None:
            raise _RefusedError("the event's time zone is not known")


def _moment(event: Event) -> datetime:
    """The event's beginning, roughly: to the day where it has no zone."""
    start = event.decoded("DTSTART")
    if not isinstance(start, datetime):
        start = datetime(start.year, start.month, start.day)  # noqa: DTZ001  (zoned right below)
    return start if start.tzinfo else start.replace(tzinfo=UTC)
