"""ISO 8601 durations to seconds and back (xAPI Data 4.6)."""

import re
from typing import Final

_NUMBER: Final = r"(\d+(?:[.,]\d+)?)"
_PARTS: Final = re.compile(
    rf"P(?:{_NUMBER}Y)?(?:{_NUMBER}M)?(?:{_NUMBER}D)?"
    rf"(?:T(?=\d)(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?)?"
)
_WEEKS: Final = re.compile(rf"P{_NUMBER}W")
# The specification's own example writes seconds without the T.
_BARE_SECONDS: Final = re.compile(rf"P{_NUMBER}S")
_DAY: Final = 86_400.0
# Mean lengths of the Gregorian calendar: 365.2425 days a year, a twelfth of it a month.
_SECONDS: Final = (365.2425 * _DAY, 365.2425 / 12 * _DAY, _DAY, 3_600.0, 60.0, 1.0)
# Every part but the last that is given must be whole.
_FRACTION_BEFORE_A_PART: Final = re.compile(r"[.,]\d+[YMDH]T?\d")


def seconds_from_duration(text: str) -> float:
    """The length of an ISO 8601 duration in seconds.

    Years and months have no fixed length; they count as the mean of the Gregorian calendar.

    Raises:
        ValueError: Not a duration in the format with designators (ISO 8601:2004 4.4.3.2).
    """
    match = _PARTS.fullmatch(text)
    if match and any(match.groups()) and not _FRACTION_BEFORE_A_PART.search(text):
        parts = zip(match.groups(), _SECONDS, strict=True)
        return sum(_number(part) * seconds for part, seconds in parts if part)
    if weeks := _WEEKS.fullmatch(text):
        return _number(weeks[1]) * 7 * _DAY
    if bare := _BARE_SECONDS.fullmatch(text):
        return _number(bare[1])
    raise ValueError("not an ISO 8601 duration")


def duration_from_seconds(seconds: float) -> str:
    """The shortest usual writing of a length of ``seconds``, to 0.01 s as Data 4.6 asks.

    Raises:
        ValueError: A negative length.
    """
    if seconds < 0:
        raise ValueError("a duration is not negative")
    hundredths = round(seconds * 100)
    minutes, rest = divmod(hundredths, 6_000)
    hours, minutes = divmod(minutes, 60)
    whole, part = divmod(rest, 100)
    text = f"{hours}H" if hours else ""
    text += f"{minutes}M" if minutes else ""
    if rest or not text:
        text += f"{whole}.{part:02d}S".replace(".00S", "S")
    return f"PT{text}"


def _number(text: str) -> float:
    return float(text.replace(",", "."))
