"""The video profile's ``played-segments``: ``0[.]12.5[,]30[.]60`` to seconds of video seen."""

from math import isfinite


def seconds_from_segments(text: str) -> float | None:
    """Length of the union of the segments in seconds; None where the text has another form.

    A part seen twice counts once. A segment played backwards counts by its length.
    """
    spans = []
    for segment in text.split("[,]"):
        if not segment.strip():
            continue
        start, separator, end = segment.partition("[.]")
        try:
            ends = sorted((float(start), float(end)))
        except ValueError:
            return None
        if not separator or not isfinite(ends[0]) or not isfinite(ends[1]):
            return None
        spans.append(ends)
    total, reached = 0.0, float("-inf")
    for low, high in sorted(spans):
        total += max(0.0, high - max(low, reached))
        reached = max(reached, high)
    return round(total, 3)
