"""Rules that turn published numbers into the sentences of the headings.

Each rule looks at numbers and yields a sentence or nothing; it reads no file and draws nothing.
What cannot be known is said in words, never as a zero.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboards import formats
from dashboards.strings.catalogue import text

Row = dict[str, Any]

MODES = ("formal", "social", "experiential")
COMPARED = 4  # weeks at each end of a trend: one week alone is mostly noise
LEAST_WEEKS = 2 * COMPARED
STEADY = 0.05  # a change of less than one twentieth is called steady
UNEVEN = 0.5  # one component with more than half of all time carries the rest


def change(values: Sequence[float | None]) -> float | None:
    """Relative change from the first four known periods to the last four.

    Returns:
        None when a period is hidden, when there are fewer than eight, or from nothing.
    """
    known = [value for value in values if value is not None]
    if len(known) < len(values) or len(known) < LEAST_WEEKS:
        return None
    before, after = sum(known[:COMPARED]), sum(known[-COMPARED:])
    return after / before - 1 if before > 0 else None


def changes(weeks: Sequence[Row]) -> dict[str, float | None]:
    """Relative change of each component's weekly learning time, by component.

    Args:
        weeks: Rows with ``component`` and ``active_seconds``, oldest first.
    """
    series: dict[str, list[float | None]] = {}
    for row in weeks:
        series.setdefault(row["component"], []).append(row["active_seconds"])
    return {component: change(values) for component, values in series.items()}


def change_words(value: float | None) -> str:
    """A change as words that need no colour: grew 18 %, fell 5 %, steady."""
    if value is None:
        return text("change.unknown")
    if abs(value) < STEADY:
        return text("change.steady")
    key = "change.grew" if value > 0 else "change.fell"
    return text(key, value=formats.share(abs(value)))


def ecosystem_headline(
    components: Sequence[Row], changes: dict[str, float | None], *, weeks: int
) -> str:
    """The heading of the Ecosystem page: the weakest component, then the strongest move.

    Args:
        components: Rows with ``component``, ``component_title`` and ``active_seconds_share``.
        changes: Relative change of each component's weekly time, None when not known.
        weeks: How many weeks the changes span.
    """
    placed = [row for row in components if row["component"] != "unclassified"]
    known = [row for row in placed if row["active_seconds_share"] is not None]
    if not known:
        hidden = any(row["is_suppressed"] for row in placed)
        return text("headline.hidden" if hidden else "headline.nothing")
    largest = max(known, key=lambda row: row["active_seconds_share"])
    smallest = min(known, key=lambda row: row["active_seconds_share"])
    extreme = largest if largest["active_seconds_share"] > UNEVEN else smallest
    first = text(
        "headline.share",
        component=extreme["component_title"].lower(),
        share=formats.share(extreme["active_seconds_share"]),
    )
    return text(
        "headline.both", first=first, second=_strongest_move(placed, changes, extreme, weeks=weeks)
    )


def _strongest_move(
    components: Sequence[Row], changes: dict[str, float | None], named: Row, *, weeks: int
) -> str:
    moves = [
        (abs(value), row["component"], row["component_title"], value)
        for row in components
        if (value := changes.get(row["component"])) is not None
    ]
    if not moves:
        return text("headline.no_trend")
    size, code, title, value = max(moves)
    if size < STEADY:
        return text("headline.all_steady", weeks=weeks)
    if code == named["component"]:
        return text("headline.same_move", change=change_words(value), weeks=weeks)
    return text("headline.move", component=title.lower(), change=change_words(value), weeks=weeks)


def share_finding(components: Sequence[Row]) -> str:
    """Title of the volume chart: the largest component."""
    known = sorted(
        (row for row in components if row["active_seconds_share"] is not None),
        key=lambda row: -row["active_seconds_share"],
    )
    if not known:
        return text("share.unknown")
    return text(
        "share.largest",
        component=known[0]["component_title"],
        share=formats.share(known[0]["active_seconds_share"]),
    )


def trend_finding(changes: Mapping[str, float | None], *, weeks: int) -> str:
    """Title of the trend chart: how many components grew and how many fell in those weeks."""
    known = [value for value in changes.values() if value is not None]
    if not known:
        return text("trend.too_short")
    grew = sum(value >= STEADY for value in known)
    fell = sum(value <= -STEADY for value in known)
    if len(known) in (grew, fell):
        return text("trend.all_grew" if grew else "trend.all_fell", count=len(known), weeks=weeks)
    if not grew and not fell:
        return text("trend.all_steady", count=len(known), weeks=weeks)
    if not grew:
        return text("trend.none_grew", fell=fell, count=len(known))
    return text(
        "trend.count" if fell else "trend.none_fell", grew=grew, fell=fell, count=len(known)
    )


def mode_finding(modes: Sequence[Row]) -> str:
    """Title of the mode mix: the leading mode, or why none is known."""
    known = {row["mode"]: row["mode_share"] for row in modes if row["mode_share"] is not None}
    if not known:
        hidden = any(row["is_suppressed"] for row in modes)
        return text("modes.hidden" if hidden else "modes.unknown")
    leading = max(known, key=lambda mode: known[mode])
    return text("modes.mix", mode=text(f"mode.{leading}"), share=formats.share(known[leading]))


def mode_legend(modes: Sequence[Row]) -> list[tuple[str, str]]:
    """Each mode with its share of all learning time, in words: the legend and the mix in one."""
    known = {row["mode"]: row["mode_share"] for row in modes}
    return [
        (
            mode,
            text("modes.legend", mode=text(f"mode.{mode}"), share=formats.share(known.get(mode))),
        )
        for mode in MODES
    ]


def mode_gap(is_suppressed: Sequence[bool], statuses: Sequence[str]) -> str:
    """Why there is no mode mix, and what to do."""
    if any(is_suppressed):
        return text("modes.why.hidden")
    if statuses and statuses[0] != "computed":
        return text("modes.why", status=statuses[0])
    return text("modes.why.empty")


def coverage_words(rows: Sequence[Row]) -> str:
    """The coverage line of the mode mix: never a full count where nobody counted."""
    known = [row["value"] for row in rows if row["value"] is not None]
    if not known:
        return text("coverage.unknown")
    return text("coverage.known", low=formats.share(min(known)), high=formats.share(max(known)))


def explorer_headline(title: str, values: Sequence[float | None], grain: str, measure: str) -> str:
    """The heading of the explorer: the component, how it moved, and over how many periods."""
    if not values:
        return text("explorer.headline.nothing", component=title)
    periods = text(f"grains.{grain}", count=len(values))
    if all(value is None for value in values):
        return text("explorer.headline.hidden", component=title, periods=periods)
    moved = change(values)
    if moved is None:
        return text("explorer.headline.short", component=title, periods=periods)
    return text(
        "explorer.headline.change",
        component=title,
        measure=text(f"measure.{measure}").lower(),
        change=change_words(moved),
        periods=periods,
    )


def trend_title(periods: Sequence[Row], *, grain: str, measure: str) -> str:
    """Title of the explorer's trend: the latest shown period beside the highest.

    Args:
        periods: Rows with ``value`` (None when hidden), ``value_label`` and ``period_label``.
        grain: week, month or quarter.
        measure: The column shown.
    """
    known = [row for row in periods if row["value"] is not None]
    if not known:
        return text("explorer.trend.unknown")
    highest = max(known, key=lambda row: row["value"])
    last = text(f"measure.{measure}.value", value=known[-1]["value_label"])
    if known[-1]["value"] == highest["value"]:
        return text("explorer.trend.highest", last=last, grain=text(f"grain.{grain}").lower())
    return text(
        "explorer.trend.title",
        last=last,
        grain=text(f"grain.{grain}").lower(),
        highest=text(f"measure.{measure}.value", value=highest["value_label"]),
        when=highest["period_label"],
    )
