"""Timestamps to instants in UTC without a zone (xAPI Data 4.5; RFC 3339 for version 2.0)."""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

# What is read: ISO 8601 combined date and time (calendar or week date, basic or extended), and
# RFC 3339, which also allows a blank or small letters.
_READ: Final = re.compile(
    r"\d{4}-?(?:\d\d-?\d\d|W\d\d-?\d)[Tt ]\d\d(?::?\d\d(?::?\d\d(?:[.,]\d+)?)?)?"
    r"(?:[Zz]|[+-]\d\d(?::?\d\d)?)?",
    re.ASCII,
)
_EXTENDED: Final = re.compile(
    r"\d{4}-(?:\d\d-\d\d|W\d\d-\d)T\d\d(?::\d\d(?::\d\d(?:[.,]\d+)?)?)?(?:Z|[+-]\d\d(?::\d\d)?)?",
    re.ASCII,
)
_BASIC: Final = re.compile(
    r"\d{4}(?:\d{4}|W\d{3})T\d\d(?:\d\d(?:\d\d(?:[.,]\d+)?)?)?(?:Z|[+-]\d\d(?:\d\d)?)?", re.ASCII
)
_RFC_3339: Final = re.compile(
    r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)", re.ASCII
)
_MINUS_ZERO: Final = re.compile(r".*-00(?::?00)?", re.DOTALL)
_MIDNIGHT: Final = re.compile(r"([T ])24(:?00(?::?00(?:[.,]0+)?)?)?(?=[Z+-]|$)")
_LEAP_SECOND: Final = re.compile(r"([T ]\d\d:?\d\d:?)60")
_UTC: Final = ("Z", "+00:00")
_WITH_ZONE: Final = datetime.min.replace(tzinfo=UTC)
_DATE_AND_TIME: Final = re.compile(r"[Tt ]")


def instant_from_text(text: str) -> datetime:
    """The instant that an ISO 8601 or RFC 3339 date and time names.

    A time without a zone is read as UTC: the specification only recommends the zone (Data 4.5).
    Digits beyond the microsecond are cut. A leap second is the second after it, 24:00 the
    midnight that ends the day.

    Raises:
        ValueError: Not a combined date and time, or no such date.
    """
    # What Python reads between such a beginning and such an end is meant so; most have this form.
    if text[10:11] == "T" and text.endswith(_UTC):
        try:
            moment = datetime.fromisoformat(text[:-1] if text[-1] == "Z" else text[:-6])
        except ValueError:
            moment = _WITH_ZONE
        if moment.tzinfo is None:
            return moment
    if not _READ.fullmatch(text):
        raise ValueError("not an ISO 8601 date and time")
    try:
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            moment = _rare_moment(text.upper())
        if moment.tzinfo is not None and moment.tzinfo is not UTC:
            moment = moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("outside the years 1 to 9999") from error
    return moment.replace(tzinfo=None)


def _rare_moment(text: str) -> datetime:
    """A leap second, the end of a day, or what needed capitals."""
    later = timedelta(0)
    if _LEAP_SECOND.search(text):
        text, later = _LEAP_SECOND.sub(r"\g<1>59", text), timedelta(seconds=1)
    elif _MIDNIGHT.search(text):
        text, later = _MIDNIGHT.sub(r"\g<1>00\g<2>", text), timedelta(days=1)
    return datetime.fromisoformat(text) + later


def departure_from(text: str, *, is_second: bool) -> str | None:
    """How a readable timestamp departs from the letter of its version; None if it does not.

    Args:
        text: A timestamp; one that cannot be read at all gives None.
        is_second: Judged by version 2.0, which demands RFC 3339, rather than by 1.0.3.
    """
    if not _READ.fullmatch(text):
        return None
    if _MINUS_ZERO.fullmatch(_DATE_AND_TIME.split(text, maxsplit=1)[1]):
        return "the offset -00:00 says that the offset is unknown"
    if is_second:
        return None if _RFC_3339.fullmatch(text) else "not of the form of RFC 3339"
    if _EXTENDED.fullmatch(text) or _BASIC.fullmatch(text):
        return None
    return "neither the extended nor the basic form of ISO 8601"
