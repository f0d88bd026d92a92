"""How numbers and dates are written. Presentation only: no figure is made here."""

import datetime as dt
import math

from dashboards.strings.catalogue import text

_MONTHS_IN_QUARTER = 3


def is_known(value: float | None) -> bool:
    """Whether there is a number to write."""
    return value is not None and not math.isnan(value)


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
    return f"{value:,.0f}"


def minutes(value: float | None) -> str:
    """Minutes without decimals."""
    if value is None or not is_known(value):
        return text("value.unknown")
    return text("value.minutes", value=f"{value:,.0f}")


def hours(seconds: float | None) -> str:
    """Seconds written as hours; below ten hours with one decimal."""
    if seconds is None or not is_known(seconds):
        return text("value.unknown")
    value = seconds / 3600
    digits = 1 if 0 < value < 10 else 0  # noqa: PLR2004  (ten hours)
    return text("value.hours", value=f"{value:,.{digits}f}")


def ratio(value: float | None) -> str:
    """An index between 0 and 1."""
    return f"{value:.2f}" if value is not None and is_known(value) else text("value.unknown")


def day(value: dt.date | dt.datetime | None) -> str:
    """A calendar day, as in 5 Jan 2026."""
    if value is None:
        return text("value.unknown")
    return f"{value.day} {value:%b %Y}"


def moment(value: dt.datetime | None) -> str:
    """A UTC instant to the minute."""
    if value is None:
        return text("value.unknown")
    return text("value.moment", day=day(value), time=f"{value:%H:%M}")


def period(start: dt.date, grain: str) -> str:
    """A period by its name: Week of 5 Jan 2026, January 2026, Q1 2026."""
    if grain == "month":
        return f"{start:%B %Y}"
    if grain == "quarter":
        return f"Q{(start.month - 1) // _MONTHS_IN_QUARTER + 1} {start.year}"
    return day(start) if grain == "day" else text("value.week", day=day(start))


def length(hours_long: float | None) -> str:
    """A length of time, in hours up to two days and in days after."""
    if hours_long is None or not is_known(hours_long):
        return text("value.unknown")
    if hours_long < 48:  # noqa: PLR2004  (two days)
        return text("value.hours", value=f"{hours_long:.0f}")
    return text("value.days", value=f"{hours_long / 24:.0f}")
