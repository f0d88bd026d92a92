"""The video profile's ``played-segments``: ``0[.]12.5[,]30[.]60`` to seconds of video seen."""

from math import isfinite


def seconds_from_segments(text: str) -> float | None:
    """Length of the union of the segments in seconds; None where the text has another form.

    A part seen twice counts once. A segment played backwards counts by its length. An open segment
    (``42.6``: begun and not ended when the statement was made) counts nothing, since nobody can say
    how much of it was seen; the closed ones beside it count.
    """
    spans = []
    for segment in text.split("[,]"):
        if not segment.strip():
            continue
        start, _, end = segment.partition("[.]")
        try:
            low = float(start)
            high = float(end) if end.strip() else low
        except ValueError:
            return None
        if not isfinite(low) or not isfinite(high):
            return None
        spans.append((low, high) if low <= high else (high, low))
    spans.sort()
    total, reached = 0.0, float("-inf")
    for low, high in spans:
        if high > reached:
            total += high - low if low > reached else high - reached
            reached = high
    return round(total, 3)
