"""Lengths of time as exports write them, to seconds."""

import re
from typing import Final

from xapi_ingest.statement.duration import seconds_from_duration

_WORDS: Final = re.compile(
    r"(?:(?P<h>\d+)\s*(?:h|hr|hrs|hours?)\.?)?[\s,]*(?:(?P<m>\d+)\s*(?:m|min|mins|minutes?)\.?)?"
    r"[\s,]*(?:(?P<s>\d+(?:\.\d+)?)\s*(?:s|sec|secs|seconds?)\.?)?",
    re.IGNORECASE,
)
_CLOCK: Final = re.compile(r"(\d+):([0-5]\d):([0-5]\d(?:\.\d+)?)")
_SECONDS: Final = re.compile(r"\d+(\.\d+)?")


def seconds_in(written: str) -> float | None:
    """Seconds of ``1h 2m 3s``, ``01:02:03``, ``PT1H2M3S`` or a bare number; None for others."""
    clock = _CLOCK.fullmatch(written)
    if clock:
        return int(clock[1]) * 3600 + int(clock[2]) * 60 + float(clock[3])
    parts = _WORDS.fullmatch(written)
    if parts and any(parts.groupdict().values()):
        hours, minutes, rest = (float(parts[name] or 0) for name in ("h", "m", "s"))
        return hours * 3600 + minutes * 60 + rest
    if _SECONDS.fullmatch(written):
        return float(written)
    try:
        return seconds_from_duration(written)
    except ValueError:
        return None
