"""Rules about outcomes."""

from collections.abc import Iterator
from typing import Any

from xapi_ingest.statement.duration import seconds_from_duration
from xapi_ingest.statement.rules.places import Parts, children, texts
from xapi_ingest.statement.rules.rule import Finding, rule


@rule("Data 2.4.5.1", remedy="Divide by the highest score: scaled is a part of 1.")
def score_scaled_is_a_share(parts: Parts) -> Iterator[Finding]:
    """A scaled score lies between -1 and 1."""
    for steps, score in children(parts.results, "score"):
        scaled = _number(score.get("scaled"))
        if scaled is not None and not -1 <= scaled <= 1:
            yield (*steps, "scaled"), "the scaled score is beyond -1 to 1"


@rule("Data 2.4.5.1", remedy="Send the lowest and the highest possible score, or neither.")
def score_range_is_in_order(parts: Parts) -> Iterator[Finding]:
    """The lowest possible score is less than the highest."""
    for steps, score in children(parts.results, "score"):
        low, high = _number(score.get("min")), _number(score.get("max"))
        if low is not None and high is not None and low >= high:
            yield (*steps, "min"), "min is not less than max"


@rule("Data 2.4.5.1", remedy="Send the possible range that this score belongs to.")
def score_raw_is_in_its_range(parts: Parts) -> Iterator[Finding]:
    """A raw score lies between the lowest and the highest possible one."""
    for steps, score in children(parts.results, "score"):
        raw, low, high = (_number(score.get(name)) for name in ("raw", "min", "max"))
        if raw is None:
            continue
        if (low is not None and raw < low) or (high is not None and raw > high):
            yield (*steps, "raw"), "the raw score is outside of min and max"


@rule("Data 4.6", remedy="Send a length such as PT1H30M.")
def duration_is_iso_8601(parts: Parts) -> Iterator[Finding]:
    """A duration has the ISO 8601 format with designators."""
    for steps, text in texts(parts.results, "duration"):
        try:
            seconds_from_duration(text)
        except ValueError as error:
            yield steps, f"{text[:40]!r}: {error}"


def _number(value: Any) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None
