"""The tiles of the Ecosystem page: which published metric each shows, and in which words."""

import calendar
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl

from dashboards import formats
from dashboards.figures import Tile, definition_help
from dashboards.queries import shared
from dashboards.strings.catalogue import text


@dataclass(frozen=True)
class Indicator:
    """One metric on a tile."""

    metric_id: str
    measure: str
    grain: str
    label_key: str
    words: Callable[[float | None], str]


TILES = (
    Indicator("HB04", "wal", "week", "kpi.wal", formats.count),
    Indicator("HB16", "value", "month", "kpi.minutes", formats.minutes),
    Indicator("X07", "value", "month", "kpi.interactivity", formats.share),
    Indicator("X05", "value", "quarter", "kpi.evenness", formats.ratio),
)


def month_end(month: dt.date) -> dt.date:
    """The last day of the month."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def ecosystem_tiles(unit: str, month: dt.date, *, as_of: dt.datetime) -> list[Tile]:
    """The four tiles of that unit and month, each with its periods before."""
    return [_tile(each, unit, _latest_start(each.grain, month, as_of)) for each in TILES]


def people_of_month(unit: str, month: dt.date) -> list[int | None]:
    """How many people the month's figures rest on (HB16); empty when not computed."""
    rows = _periods(TILES[1], unit, month).filter(pl.col("period_start") == month)
    return rows["n_people"].to_list()


def people_of_weeks(unit: str, weeks: Sequence[dt.date]) -> list[int | None]:
    """How many people each of those weeks rests on (HB04); without what is hidden."""
    rows = _periods(TILES[0], unit, max(weeks)).filter(pl.col("period_start").is_in(weeks))
    return [None if value is None else int(value) for value in rows["value"]]


def _latest_start(grain: str, month: dt.date, as_of: dt.datetime) -> dt.date:
    """The last full week of the month, the month, or its quarter."""
    if grain == "week":
        last = min(month_end(month), as_of.date() - dt.timedelta(days=1)) - dt.timedelta(days=6)
        return last - dt.timedelta(days=last.weekday())
    return month if grain == "month" else month.replace(month=(month.month - 1) // 3 * 3 + 1)


def _periods(each: Indicator, unit: str, until: dt.date) -> pl.DataFrame:
    return shared.metric_periods(
        metric_id=each.metric_id,
        measure=each.measure,
        org_unit_key=unit,
        grain=each.grain,
        until=until.isoformat(),
    )


def _tile(each: Indicator, unit: str, until: dt.date) -> Tile:
    definition = shared.definition(each.metric_id)
    rows = _periods(each, unit, until)
    found = rows.filter(pl.col("period_start") == until)
    if found.is_empty():
        value = text("value.none")
        note = _why_nothing(definition, formats.period(until, each.grain))
    else:
        latest = found.row(0, named=True)
        value = text("value.none") if latest["is_suppressed"] else each.words(latest["value"])
        note = _note(each, unit, latest)
    return Tile(
        label=text(each.label_key),
        value=value,
        note=note,
        series=rows["value"].drop_nulls().to_list() if found.height else [],
        explanation=definition_help(definition),
    )


def _why_nothing(definition: pl.DataFrame, period: str) -> str:
    status = "" if definition.is_empty() else str(definition["status"][0])
    return text("kpi.nothing", period=period) if status in ("", "computed") else status


def _note(each: Indicator, unit: str, latest: dict[str, object]) -> str:
    start = latest["period_start"]
    assert isinstance(start, dt.date)  # noqa: S101  (the contract of metric_values; narrows the type)
    period = formats.period(start, each.grain)
    if latest["is_suppressed"]:
        return text("kpi.hidden", period=period)
    note = text("kpi.provisional", period=period) if latest["is_provisional"] else period
    return f"{note}{_band(unit, start)}" if each.metric_id == "HB16" else note


def _band(unit: str, month: dt.date) -> str:
    """The sensitivity of minutes to the session gap (6.4), or nothing when not published."""
    ends = [
        shared.metric_periods(
            metric_id="HB16",
            measure=measure,
            org_unit_key=unit,
            grain="month",
            until=month.isoformat(),
        )
        for measure in ("band_low", "band_high")
    ]
    if any(end.is_empty() or end["value"][-1] is None for end in ends):
        return ""
    low, high = (formats.count(end["value"][-1]) for end in ends)
    return text("kpi.band", low=low, high=high)
