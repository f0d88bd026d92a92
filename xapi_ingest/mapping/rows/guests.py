"""One event of a calendar as records, a person each: what a mapping of calendars can name."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from icalendar import Event

_ROOMS: Final = frozenset({"ROOM", "RESOURCE"})
_ONLINE: Final = (
    "CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL",
    "X-MICROSOFT-ONLINEMEETINGCONFLINK",
)  # fmt: skip
_WEB: Final = ("http://", "https://")


def record_of(event: Event, zone: ZoneInfo, until: datetime) -> Iterator[dict[str, Any]]:
    """A record for each person of an event that ended by ``until``; none for one still to end.

    Times without a zone are ``zone``'s. An organizer who is not among the guests is one with the
    participation ``ORGANIZER``.
    """
    start, end = event.start, event.end
    is_all_day = not isinstance(start, datetime)
    start, end = _zoned(start, zone), _zoned(end, zone)
    if end > until:
        return
    guests = _guests(event)
    present = [guest for guest in guests if guest["participation"] in ("ACCEPTED", "ORGANIZER")]
    recurrence = event.get("RECURRENCE-ID")
    shared = {
        "uid": _text(event, "UID"),
        "occurrence": (start if recurrence is None else _zoned(recurrence.dt, zone)).isoformat(),
        "start": start.isoformat(),
        "end": end.isoformat(),
        "summary": _text(event, "SUMMARY"),
        "status": (_text(event, "STATUS") or "").upper() or None,
        "class": (_text(event, "CLASS") or "").upper() or None,
        "categories": [str(word) for word in event.categories],
        "location": _text(event, "LOCATION"),
        "is_online": _is_online(event),
        "is_all_day": is_all_day,
        "present_count": len(present),
        "organizer": next((guest["person"] for guest in guests if guest["is_organizer"]), None),
    }
    for guest in guests or [_nobody()]:
        others = [other["person"] for other in present if other is not guest]
        yield shared | guest | {"others": others}


def _guests(event: Event) -> list[dict[str, Any]]:
    organizer = event.get("ORGANIZER")
    leader = _address(organizer) if organizer is not None else None
    attendees = event.get("ATTENDEE", [])
    guests: dict[str | None, dict[str, Any]] = {}
    for attendee in attendees if isinstance(attendees, list) else [attendees]:
        kind = _parameter(attendee, "CUTYPE") or "INDIVIDUAL"
        if kind in _ROOMS:
            continue
        address = _address(attendee)
        participation = _parameter(attendee, "PARTSTAT") or "NEEDS-ACTION"
        is_leader = address is not None and address == leader
        leads = is_leader and participation != "DECLINED"
        guests[address] = {
            "person": address,
            "participation": "ORGANIZER" if leads else participation,
            "kind": kind,
            "is_organizer": is_leader,
        }
    if leader is not None and leader not in guests:
        guests[leader] = _nobody() | {
            "person": leader, "participation": "ORGANIZER", "is_organizer": True,
        }  # fmt: skip
    return list(guests.values())


def _nobody() -> dict[str, Any]:
    return {
        "person": None, "participation": None, "kind": "INDIVIDUAL", "is_organizer": False,
    }  # fmt: skip


def _address(value: Any) -> str | None:
    """The e-mail address, by the EMAIL parameter where the value is no ``mailto:``."""
    written = str(value).strip()
    if written.lower().startswith("mailto:"):
        return written[7:].strip().lower() or None
    return (_parameter(value, "EMAIL", is_word=False) or "").lower() or None


def _parameter(value: Any, name: str, *, is_word: bool = True) -> str | None:
    found = value.params.get(name)
    if isinstance(found, list):
        found = found[0] if found else None
    written = str(found).strip() if found is not None else ""
    return (written.upper() if is_word else written) or None


def _text(event: Event, name: str) -> str | None:
    found = event.get(name)
    return str(found).strip() or None if found is not None and not isinstance(found, list) else None


def _is_online(event: Event) -> bool | None:
    """Whether it has an address to join at; None where nothing says where it is held."""
    location = (_text(event, "LOCATION") or "").lower()
    if any(name in event for name in _ONLINE) or any(mark in location for mark in _WEB):
        return True
    if "teams" in location or "zoom" in location:
        return True
    return False if location else None


def _zoned(moment: date | datetime, zone: ZoneInfo) -> datetime:
    if not isinstance(moment, datetime):
        return datetime(moment.year, moment.month, moment.day, tzinfo=zone)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)
