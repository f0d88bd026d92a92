"""The metric rows of the small published file."""

import datetime as dt

import polars as pl

from tests.dashboards.published_numbers import (
    COMPONENTS,
    MODES,
    MONTHS,
    PEOPLE,
    QUARTERS,
    SIZE,
    WEEKS,
    period_seconds,
)
from tests.dashboards.published_ops import AS_OF


def _value(metric, measure, org_unit, period, value, **more):
    metric_id, grain, start = metric, *period
    row = {
        "metric_id": metric_id,
        "measure": measure,
        "subject_type": "all",
        "subject_key": "all",
        "org_unit_key": org_unit,
        "period_start": start,
        "period_grain": grain,
        "segment_dimension": "all",
        "segment_value": "all",
        "value": value,
        "numerator": None,
        "denominator": None,
        "n_people": PEOPLE.get(org_unit),
        "ci_low": None,
        "ci_high": None,
        "target": None,
        "unit": "share",
        "is_suppressed": False,
        "is_provisional": False,
        "rule_version": "1",
        "parameters_json": "{}",
    }
    row |= more
    if org_unit == "sales" and row["subject_type"] == "all":
        row |= {"value": None, "n_people": None, "is_suppressed": True}
    return row


def metric_values(has_catalogue):
    rows = []
    for unit in SIZE:
        for number, week in enumerate(WEEKS[:-1]):
            rows.append(
                _value(
                    "HB04",
                    "wal",
                    unit,
                    ("week", week),
                    float(PEOPLE[unit] - 14 + number % 5) if PEOPLE[unit] > 14 else 8.0,
                    unit="persons",
                )
            )
        for number, month in enumerate(MONTHS[:-1]):
            for measure, minutes in (("value", 210), ("band_low", 190), ("band_high", 240)):
                rows.append(
                    _value(
                        "HB16", measure, unit, ("month", month), minutes + 4.0 * number, unit="min"
                    )
                )
            rows.append(_value("X07", "value", unit, ("month", month), 0.30 + 0.01 * number))
            if has_catalogue:
                rows += _mode_values(unit, month)
        for quarter in QUARTERS[:-1]:
            rows.append(_value("X05", "value", unit, ("quarter", quarter), 0.9, unit="0–1"))
    frame = pl.DataFrame(rows + _quality_values(), infer_schema_length=None)
    return frame.with_columns(as_of=pl.lit(AS_OF))


def _mode_values(unit, month):
    rows = []
    seconds = {code: period_seconds(code, "month", month, unit) for code in COMPONENTS}
    total = sum(seconds.values())
    for place, mode in enumerate(("formal", "social", "experiential")):
        mixed = sum(seconds[code] * MODES[code][place] for code in COMPONENTS) / total
        rows.append(_value("X01", mode, unit, ("month", month), mixed))
        rows += [
            _value(
                "X01",
                mode,
                unit,
                ("month", month),
                MODES[code][place],
                segment_dimension="component",
                segment_value=code,
            )
            for code in COMPONENTS
        ]
    return rows


def _quality_values():
    day = dt.date(2026, 6, 30)
    rows = []
    for source in ("lms", "social", "video", "work"):
        of_source = {"subject_type": "source", "subject_key": source}
        for metric_id, value in (("DQ03", 0.002), ("DQ04", 0.008), ("DQ05", 0.99), ("DQ07", 0.001)):
            rows.append(_value(metric_id, "value", "company", ("day", day), value, **of_source))
        rows.append(
            _value("DQ02", "p50", "company", ("day", day), 0.2, **of_source | {"unit": "hours"})
        )
        rows.append(
            _value("DQ02", "p95", "company", ("day", day), 6.5, **of_source | {"unit": "hours"})
        )
        rows.append(
            _value("DQ06", "value", "company", ("month", dt.date(2026, 6, 1)), 0.003, **of_source)
        )
    return rows


def catalogue(has_catalogue):
    names = {
        "X01": "Observed mode mix (10/20/70)",
        "X05": "Component evenness",
        "X07": "Interactivity ratio",
        "HB04": "WAL, MAL",
        "HB16": "Active minutes per active learner",
        "DQ02": "Lateness",
        "DQ03": "Duplicate rate",
        "DQ04": "Unmapped rate",
        "DQ05": "Identity resolution",
        "DQ06": "Void rate",
        "DQ07": "Implausible duration",
    }
    rows = [
        {
            "metric_id": key,
            "name": name,
            "question": "What is asked?",
            "formula": "a / b",
            "unit": "share",
            "caveat": "Never a target.",
            "status": "computed" if has_catalogue or key != "X01" else "needs content_catalogue",
        }
        for key, name in names.items()
    ]
    return pl.DataFrame(rows)
