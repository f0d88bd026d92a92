"""The video profile's ``played-segments``: ``0[.]12.5[,]30[.]60`` to seconds of video seen."""

from math import isfinite


def seconds_from_segments(text: str) -> float | None:
    """Length of the union of the segments in seconds; None where the text has another form.

    A part seen twice counts once. A segment played backwards counts by its length.
    """
    spans = []
    for segment in text.split("[,]"):
        start, separator, end = segment.partition("[.]")
        try:
            low, high = float(start), float(end)
        except ValueError:
            if segment.strip():
                return None
            continue
        if not separator or not isfinite(low) or not isfinite(high):
            return None
        spans.append((low, high) if low <= high else (high, low))
    spans.sort()
    total, reached = 0.0, float("-inf")
    for low, high in spans:
        if high > reached:
            total += high - low if low > reached else high - reached
            reached = high
    return round(total, 3)
