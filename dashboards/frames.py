"""Published rows, shaped for charts and tables: labels, hours for seconds, words for gaps.

Only presentation: no figure of meaning is made here, and nothing is read or drawn.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import polars as pl

from dashboards import formats
from dashboards.findings import change_words
from dashboards.strings.catalogue import code_text, text

SECONDS_IN_HOUR = 3600


def worded(frame: pl.DataFrame, column: str, words: Callable[..., str], name: str) -> pl.DataFrame:
    """The frame with ``name``: what ``words`` makes of ``column``."""
    made = [words(value) for value in frame[column].to_list()]
    return frame.with_columns(pl.Series(name, made, dtype=pl.String))


def titled(frame: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """Those columns under the words that a reader knows them by."""
    return frame.select(pl.col(name).alias(text(f"column.{name}")) for name in columns)


def with_note(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with ``note``: hidden, not over yet, provisional, or nothing to say."""
    complete = pl.col("is_complete") if "is_complete" in frame.columns else pl.lit(value=True)
    return frame.with_columns(
        note=pl.when(pl.col("is_suppressed"))
        .then(pl.lit(text("note.hidden")))
        .when(~complete)
        .then(pl.lit(text("note.running")))
        .when(pl.col("is_provisional"))
        .then(pl.lit(text("note.provisional")))
        .otherwise(pl.lit(""))
    )


def with_hours(frame: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """The frame with ``<name>_hours`` beside each ``<name>_seconds``."""
    return frame.with_columns(
        (pl.col(f"{name}_seconds") / SECONDS_IN_HOUR).round(2).alias(f"{name}_hours")
        for name in names
    )


def shares(components: pl.DataFrame) -> pl.DataFrame:
    """Rows of the volume picture: ``name``, ``share`` and its words."""
    labels = [
        text("note.hidden")
        if row["is_suppressed"]
        else formats.share(row["active_seconds_share"] or 0.0)
        for row in components.iter_rows(named=True)
    ]
    names = [
        text("row.name", title=row["component_title"], metaphor=row["metaphor"])
        if row["metaphor"]
        else row["component_title"]
        for row in components.iter_rows(named=True)
    ]
    return components.select(
        pl.Series("name", names, dtype=pl.String),
        pl.col("active_seconds_share").cast(pl.Float64).alias("share"),
        pl.Series("value_label", labels, dtype=pl.String),
    )


def trend(weeks: pl.DataFrame, changes: Mapping[str, float | None]) -> pl.DataFrame:
    """Rows of the sparklines; ``label`` says the last week and the change."""
    latest = {row["component"]: row for row in weeks.sort("period_start").iter_rows(named=True)}
    labels = {}
    for component, row in latest.items():
        labels[component] = (
            text("trend.hidden")
            if row["active_seconds"] is None
            else text(
                "trend.label",
                hours=formats.hours(row["active_seconds"]),
                change=change_words(changes.get(component)),
            )
        )
    shaped = weeks.with_columns(
        name=pl.col("component_title"),
        value=pl.col("active_seconds").cast(pl.Float64),
        label=pl.col("component").replace_strict(labels, return_dtype=pl.String),
    )
    shaped = worded(shaped, "period_start", lambda day: formats.period(day, "week"), "period_label")
    return worded(shaped, "active_seconds", formats.hours, "value_label")


def modes(mix: pl.DataFrame, components: pl.DataFrame) -> pl.DataFrame:
    """Rows of the mode mix, every component of the picture, in its order."""
    rows: list[dict[str, object]] = []
    for component in components.iter_rows(named=True):
        part = mix.filter(pl.col("component") == component["component"])
        rows += _mode_pieces(component["component_title"], part)
    schema = {
        "name": pl.String,
        "mode": pl.String,
        "mode_title": pl.String,
        "share_from": pl.Float64,
        "share_to": pl.Float64,
        "value_label": pl.String,
        "row_note": pl.String,
    }
    return pl.DataFrame(rows, schema=schema)


def weeks_in_words(weeks: pl.DataFrame) -> str:
    """How many full weeks there are, and the day on which the last one ended."""
    starts = sorted(set(weeks["period_start"].to_list()))
    return text(
        "trend.weeks", count=len(starts), day=formats.day(starts[-1] + dt.timedelta(days=6))
    )


def mode_table(mix: pl.DataFrame) -> pl.DataFrame:
    """The mode mix for reading and for download, shares to four digits."""
    shaped = worded(with_note(mix), "mode", lambda code: code_text("mode", code), "mode")
    shaped = shaped.with_columns(
        pl.col("mode_share").round(4), pl.col("component_title").fill_null(text("modes.all"))
    )
    return titled(shaped, ("component_title", "mode", "mode_share", "n_people", "note"))


def _mode_pieces(name: str, part: pl.DataFrame) -> list[dict[str, object]]:
    known = part.filter(pl.col("mode_share").is_not_null())
    if known.is_empty():
        hidden = part.height > 0 and bool(part["is_suppressed"].any())
        note = text("trend.hidden" if hidden else "modes.row.none")
        return [{"name": name, "mode": "unknown", "row_note": note, "value_label": ""}]
    pieces: list[dict[str, object]] = []
    start = 0.0
    for row in known.iter_rows(named=True):
        pieces.append(
            {
                "name": name,
                "mode": row["mode"],
                "mode_title": code_text("mode", row["mode"]),
                "share_from": start,
                "share_to": start + row["mode_share"],
                "value_label": formats.share(row["mode_share"]),
                "row_note": "",
            }
        )
        start += row["mode_share"]
    return pieces


def periods(frame: pl.DataFrame, *, grain: str, measure: str) -> pl.DataFrame:
    """Columns over time of one measure, hours for seconds."""
    factor = SECONDS_IN_HOUR if measure == "active_seconds" else 1
    shown = formats.hours if measure == "active_seconds" else formats.count
    shaped = with_note(frame).with_columns(value=pl.col(measure).cast(pl.Float64) / factor)
    shaped = worded(shaped, "period_start", lambda day: formats.period(day, grain), "period_label")
    shaped = worded(
        shaped, "period_start", lambda day: formats.short_period(day, grain), "short_label"
    )
    return worded(shaped, measure, shown, "value_label")


def recorded(frame: pl.DataFrame, measure: str) -> list[float | None]:
    """The measure of the periods that are over; none when the component was never used."""
    over = frame.filter("is_complete") if frame["is_recorded"].any() else frame.clear()
    values: list[float | None] = over[measure].to_list()
    return values


def period_table(frame: pl.DataFrame, *, grain: str) -> pl.DataFrame:
    """Every figure of the explorer for reading and for download."""
    shaped = with_hours(with_note(frame), ["active", "formal", "social", "experiential"])
    shaped = shaped.with_columns(pl.col("active_seconds_share").round(4))
    shaped = worded(shaped, "period_start", lambda day: formats.period(day, grain), "period")
    hours = ["formal_hours", "social_hours", "experiential_hours"]
    columns = ["active_hours", "active_seconds_share", "event_count", "learner_count", *hours]
    return titled(shaped, ["period", *columns, "note"])


def told_apart(frame: pl.DataFrame) -> pl.DataFrame:
    """Activities whose title several have, with their kind, or else a number, behind it."""
    seen: Counter[tuple[str, str]] = Counter()
    rows = frame.select("activity_title", "activity_type_name").rows()
    of_title, of_both = Counter(title for title, _ in rows), Counter(rows)
    names = []
    for title, kind in rows:
        seen[title, kind] += 1
        mark = None
        if of_both[title, kind] > 1:
            mark = seen[title, kind]
        elif of_title[title] > 1:
            mark = kind
        name = title or text("value.untitled")
        names.append(text("value.told_apart", name=name, mark=mark) if mark else name)
    return frame.with_columns(pl.Series("activity_title", names, dtype=pl.String))


def with_gap(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with ``note``: hidden, or nothing to say."""
    return with_note(frame.with_columns(is_provisional=pl.lit(value=False)))


def named(frame: pl.DataFrame, *, name: str, value: str) -> pl.DataFrame:
    """Bars by name; a hidden row is in words."""
    labels = [
        text("note.hidden") if row["is_suppressed"] else formats.count(row[value])
        for row in frame.iter_rows(named=True)
    ]
    titles = [row[name] or text("value.untitled") for row in frame.iter_rows(named=True)]
    return frame.select(
        pl.Series("name", titles, dtype=pl.String),
        pl.col(value).cast(pl.Float64).alias("value"),
        pl.Series("value_label", labels, dtype=pl.String),
    )


def arrivals(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows of the sparklines of deliveries, one per source."""
    counts = frame.group_by("source_name", maintain_order=True).agg(pl.col("received_count").last())
    labels = {
        row["source_name"]: text(
            "health.arrivals.label", count=formats.count(row["received_count"])
        )
        for row in counts.iter_rows(named=True)
    }
    shaped = frame.with_columns(
        name=pl.col("source_name"),
        period_start=pl.col("received_week"),
        value=pl.col("received_count").cast(pl.Float64),
        label=pl.col("source_name").replace_strict(labels, return_dtype=pl.String),
        is_provisional=pl.lit(value=False),
    )
    shaped = worded(
        shaped, "received_week", lambda day: formats.period(day, "week"), "period_label"
    )
    return worded(shaped, "received_count", formats.count, "value_label")
