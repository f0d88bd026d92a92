"""A small published file with known numbers, in the shape that the night publishes.

Five components over 26 weeks. The company has 40 learners, the unit ``sales`` 6, which is below
the smallest cell and therefore hidden. Everything is a plain function of the week's number.
"""

from pathlib import Path

import duckdb
import polars as pl

from tests.dashboards.published_metrics import catalogue, metric_values
from tests.dashboards.published_numbers import (
    COMPONENTS,
    DESCRIPTIONS,
    MODES,
    MONTHS,
    PEOPLE,
    QUARTERS,
    SIZE,
    UNITS,
    WEEKS,
    period_seconds,
)
from tests.dashboards.published_ops import AS_OF, ops_tables


def publish(home: Path, *, build_id: str = "20260701T020000Z-test", **changes: object) -> Path:
    """Write a build under ``home/published`` and point at it; returns its file.

    Keyword arguments: ``format_version`` (default 2), ``has_catalogue`` (default True: modes
    known), ``has_statements`` (default True), ``people_scale`` (default 1.0), and those of
    ``ops_tables``: ``has_warning`` (default True), ``received_days`` (default 70).
    """
    folder = home / "published" / build_id
    folder.mkdir(parents=True)
    path = folder / "tilth.duckdb"
    tables = _tables(build_id=build_id, **changes)
    with duckdb.connect(str(path)) as connection:
        for name, frame in tables.items():
            schema = name.split(".")[0]
            connection.execute(f"create schema if not exists {schema}")
            connection.register("frame", frame.to_arrow())
            connection.table("frame").create(name)
            connection.unregister("frame")
    (home / "published" / "current").write_text(f"{build_id}\n", encoding="utf-8")
    return path


def _tables(
    *,
    build_id,
    format_version=2,
    has_catalogue=True,
    has_statements=True,
    people_scale=1.0,
    **ops,
) -> dict[str, pl.DataFrame]:
    tables = {
        "marts.dim_org_units": _units(),
        "marts.dim_components": _components(),
        "reports.rpt_component_periods": _periods(has_catalogue, people_scale),
        "reports.rpt_component_activities": _activities(),
        "reports.rpt_component_verbs": _verbs(),
        "metrics.metric_values": metric_values(has_catalogue),
        "metrics.metric_catalogue": catalogue(has_catalogue),
        **ops_tables(build_id, format_version, **ops),
    }
    if not has_statements:
        kept = (
            "marts.dim_org_units",
            "marts.dim_components",
            "metrics.metric_catalogue",
            "ops.build",
        )
        return {name: frame if name in kept else frame.clear() for name, frame in tables.items()}
    return tables


def _units():
    names = [
        "org_unit_key",
        "org_unit_name",
        "parent_org_unit_key",
        "depth",
        "sort_path",
        "is_root",
    ]
    return pl.DataFrame(UNITS, schema=names, orient="row")


def _components():
    rows = [
        (code, title, metaphor, DESCRIPTIONS[code], number)
        for number, (code, (title, metaphor, *_)) in enumerate(COMPONENTS.items(), start=1)
    ]
    rows.append(("unclassified", "Unclassified", None, "Events that no rule places yet.", 6))
    names = ["component", "component_title", "metaphor", "description", "sort_order"]
    return pl.DataFrame(rows, schema=names, orient="row")


def _periods(has_catalogue, people_scale):
    starts = {"week": WEEKS, "month": MONTHS, "quarter": QUARTERS}
    rows = []
    for unit in SIZE:
        for grain, days in starts.items():
            for start in days:
                rows += _unit_periods(unit, grain, start, has_catalogue, people_scale)
    return pl.DataFrame(rows, infer_schema_length=None).with_columns(as_of=pl.lit(AS_OF))


def _unit_periods(unit, grain, start, has_catalogue, people_scale):
    seconds = {code: period_seconds(code, grain, start, unit) for code in COMPONENTS}
    total = sum(seconds.values())
    if total == 0:
        return []
    names = {row[0]: row[1] for row in UNITS}
    people = int(PEOPLE[unit] * people_scale)
    hidden = people < 10
    rows = []
    for code, value in seconds.items():
        parts = MODES[code] if has_catalogue and not hidden else (None, None, None)
        rows.append(
            {
                "org_unit_key": unit,
                "org_unit_name": names[unit],
                "component": code,
                "component_title": COMPONENTS[code][0],
                "period_grain": grain,
                "period_start": start,
                "active_seconds": None if hidden else float(value),
                "active_seconds_share": None if hidden else value / total,
                "event_count": None if hidden else int(value // 300),
                "learner_count": None if hidden else people,
                "formal_seconds": None if parts[0] is None else value * parts[0],
                "social_seconds": None if parts[1] is None else value * parts[1],
                "experiential_seconds": None if parts[2] is None else value * parts[2],
                "is_suppressed": hidden,
                "is_provisional": start
                == {"week": WEEKS, "month": MONTHS, "quarter": QUARTERS}[grain][-1],
            }
        )
    return rows


ACTIVITIES = [
    ("Safety on the shop floor", "Course", 32, 410),
    ("How to read a drawing", "Video", 28, 240),
    ("Weekly case clinic", "Meeting", 22, 96),
    ("Torque settings, checklist for the assembly of the second line", "Checklist", 17, 88),
    ("Negotiation, role play", "Simulation", 12, 40),
    ("Weekly case clinic", "Meeting", 11, 30),
    ("Onboarding quiz", "Assessment", None, None),
]


def _activities():
    rows = []
    for unit in ("company", "engineering"):
        for grain, days in (("month", MONTHS), ("quarter", QUARTERS)):
            for start in days:
                for code in COMPONENTS:
                    for rank, (title, kind, people, events) in enumerate(ACTIVITIES, start=1):
                        rows.append(
                            (
                                unit,
                                code,
                                grain,
                                start,
                                f"a{rank}",
                                title,
                                kind,
                                events,
                                people,
                                None if events is None else events * 300.0,
                                rank,
                                people is None,
                            )
                        )
    names = [
        "org_unit_key",
        "component",
        "period_grain",
        "period_start",
        "activity_key",
        "activity_title",
        "activity_type_name",
        "event_count",
        "learner_count",
        "active_seconds",
        "activity_rank",
        "is_suppressed",
    ]
    return pl.DataFrame(rows, schema=names, orient="row", infer_schema_length=None)


def _verbs():
    said = [
        ("completed", "progress", 300, 36),
        ("viewed", "consume", 220, 38),
        ("answered", "assess", 120, 25),
        ("commented", "opinion", 60, 14),
    ]
    rows = [
        ("company", code, grain, start, verb, verb, kind, events, people, False)
        for grain, days in (("month", MONTHS), ("quarter", QUARTERS))
        for start in days
        for code in COMPONENTS
        for verb, kind, events, people in said
    ]
    names = [
        "org_unit_key",
        "component",
        "period_grain",
        "period_start",
        "verb_code",
        "verb_name",
        "verb_class",
        "event_count",
        "learner_count",
        "is_suppressed",
    ]
    return pl.DataFrame(rows, schema=names, orient="row")
