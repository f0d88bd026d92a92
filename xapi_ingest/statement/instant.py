"""ISO 8601 timestamps to instants in UTC without a zone (xAPI Data 4.5)."""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

_COMBINED: Final = re.compile(
    r"\d{4}-?\d\d-?\d\dT\d\d(?::?\d\d(?::?\d\d(?:[.,]\d+)?)?)?(?:Z|[+-]\d\d(?::?\d\d)?)?"
)
_LEAP_SECOND: Final = re.compile(r"(T\d\d:?\d\d:?)60")


def instant_from_text(text: str) -> datetime:
    """The instant that an ISO 8601 date and time names.

    A time without a zone is read as UTC: the specification only recommends the zone (Data 4.5).
    Digits beyond the microsecond are cut. A leap second is the second after it.

    Raises:
        ValueError: Not an ISO 8601 combined date and time, or no such date.
    """
    if not _COMBINED.fullmatch(text):
        raise ValueError("not an ISO 8601 date and time")
    try:
        moment = _moment_from_text(text)
        if moment.tzinfo is not None and moment.tzinfo is not UTC:
            moment = moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("outside the years 1 to 9999") from error
    return moment.replace(tzinfo=None)


def _moment_from_text(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        if not _LEAP_SECOND.search(text):
            raise
    return datetime.fromisoformat(_LEAP_SECOND.sub(r"\g<1>59", text)) + timedelta(seconds=1)
