"""How numbers and dates are written. Presentation only: no figure is made here."""

import datetime as dt
import math

from dashboards.strings.catalogue import text

_MONTHS_IN_QUARTER = 3


def is_known(value: float | None) -> bool:
    """Whether there is a number to write."""
    return value is not None and not math.isnan(value)


def number(value: float, *, digits: int = 0) -> str:
    """A number with that many decimals, groups of three and point as the language has them."""
    marks = str.maketrans(",.", text("value.thousands") + text("value.point"))
    return f"{value:,.{digits}f}".translate(marks)


def share(value: float | None) -> str:
    """A share without decimals; what would round to nothing says so."""
    if value is None or not is_known(value):
        return text("value.unknown")
    if 0 < value < 0.005:  # noqa: PLR2004  (below half a per cent)
        return text("value.tiny_share")
    return text("value.share", value=f"{value * 100:.0f}")


def count(value: float | None) -> str:
    """A whole number with thin groups of three."""
    if value is None or not is_known(value):
        return text("value.unknown")
    return number(value)


def minutes(value: float | None) -> str:
    """Minutes without decimals."""
    if value is None or not is_known(value):
        return text("value.unknown")
    return text("value.minutes", value=number(value))


def hours(seconds: float | None) -> str:
    """Seconds written as hours; below ten hours with one decimal."""
    if seconds is None or not is_known(seconds):
        return text("value.unknown")
    value = seconds / 3600
    digits = 1 if 0 < value < 10 else 0  # noqa: PLR2004  (ten hours)
    return text("value.hours", value=number(value, digits=digits))


def ratio(value: float | None) -> str:
    """An index between 0 and 1."""
    return (
        number(value, digits=2) if value is not None and is_known(value) else text("value.unknown")
    )


def day(value: dt.date | dt.datetime | None) -> str:
    """A calendar day, as in 5 Jan 2026."""
    if value is None:
        return text("value.unknown")
    return _dated(value)


def moment(value: dt.datetime | None) -> str:
    """A UTC instant to the minute."""
    if value is None:
        return text("value.unknown")
    return text("value.moment", day=day(value), time=f"{value:%H:%M}")


def period(start: dt.date, grain: str) -> str:
    """A period by its name: Week of 5 Jan 2026, January 2026, Q1 2026."""
    if grain == "month":
        return text("value.month", month=text(f"month.{start.month}"), year=start.year)
    if grain == "quarter":
        quarter = (start.month - 1) // _MONTHS_IN_QUARTER + 1
        return text("value.quarter", quarter=quarter, year=start.year)
    return day(start) if grain == "day" else text("value.week", day=day(start))


def short_period(start: dt.date, grain: str) -> str:
    """A period under a column of a chart: 5 Jan 26, Jan 26, Q1 2026."""
    if grain == "quarter":
        return period(start, grain)
    year = f"{start.year % 100:02d}"
    if grain == "month":
        return text("value.month", month=text(f"month.{start.month}.short"), year=year)
    return _dated(start, year=year)


def periods(first: dt.date, last: dt.date, grain: str) -> str:
    """A range of periods by the names of its ends; one period alone is named once."""
    if first == last:
        return period(first, grain)
    return text("value.range", first=period(first, grain), last=period(last, grain))


def length(hours_long: float | None) -> str:
    """A length of time, in hours up to two days and in days after."""
    if hours_long is None or not is_known(hours_long):
        return text("value.unknown")
    if hours_long < 48:  # noqa: PLR2004  (two days)
        return text("value.hours", value=f"{hours_long:.0f}")
    return text("value.days", value=f"{hours_long / 24:.0f}")


def _dated(value: dt.date, *, year: str | None = None) -> str:
    month = text(f"month.{value.month}.short")
    return text("value.day", day=value.day, month=month, year=year or value.year)
