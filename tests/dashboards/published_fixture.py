"""A small published file with known numbers, in the shape that the night publishes.

Five components over 26 weeks. The company has 40 learners, the unit ``sales`` 6, which is below
the smallest cell and therefore hidden. Everything is a plain function of the week's number.
"""

import datetime as dt
import json
from pathlib import Path

import duckdb
import polars as pl
from published_ops import AS_OF, ops_tables

FIRST_WEEK = dt.date(2025, 12, 29)
WEEKS = [FIRST_WEEK + dt.timedelta(weeks=number) for number in range(27)]  # the last is not over
MONTHS = [dt.date(2026, month, 1) for month in range(1, 8)]
QUARTERS = [dt.date(2026, 1, 1), dt.date(2026, 4, 1), dt.date(2026, 7, 1)]
COMPONENTS = {
    "learning_spaces": ("Learning spaces", "Gardeners", 200_000, 4_000),
    "practice": ("Practice environments", "Hothouses", 60_000, 0),
    "on_the_job": ("On-the-job learning", "Streams", 160_000, -2_500),
    "knowledge_support": ("Knowledge support", "Foundations", 240_000, 0),
    "pathways": ("Guided pathways", "Paths", 340_000, 1_000),
}
DESCRIPTIONS = {
    "learning_spaces": "Where people learn from each other: meetings, discussions, coaching.",
    "practice": "Where what was learned is tried: tests, exercises, simulations.",
    "on_the_job": "Learning in the flow of work: tasks, checklists, help inside work systems.",
    "knowledge_support": "Content to look things up in: documents, articles, search.",
    "pathways": "Guided routes: courses, lessons, videos, learning plans.",
}
UNITS = [
    ("company", "Acorn Works", None, 0, "Acorn Works", True),
    ("engineering", "Engineering", "company", 1, "Acorn Works/Engineering", False),
    ("platform", "Platform", "engineering", 2, "Acorn Works/Engineering/Platform", False),
    ("sales", "Sales", "company", 1, "Acorn Works/Sales", False),
    ("archive", "Archive", "company", 1, "Acorn Works/Archive", False),
]
SIZE = {"company": 1.0, "engineering": 0.6, "platform": 0.3, "sales": 0.1}
PEOPLE = {"company": 40, "engineering": 24, "platform": 12, "sales": 6}
MODES = {
    "learning_spaces": (0.10, 0.85, 0.05),
    "practice": (0.60, 0.10, 0.30),
    "on_the_job": (0.05, 0.25, 0.70),
    "knowledge_support": (0.20, 0.05, 0.75),
    "pathways": (0.92, 0.08, 0.0),
}


def publish(home: Path, *, build_id: str = "20260701T020000Z-test", **changes: object) -> Path:
    """Write a build under ``home/published`` and point at it; returns its file.

    Keyword arguments: ``format_version`` (default 1), ``has_catalogue`` (default True: modes
    known), ``has_statements`` (default True), ``people_scale`` (default 1.0).
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
            connection.execute(f"create table {name} as select * from frame")
            connection.unregister("frame")
    (home / "published" / "current").write_text(f"{build_id}\n", encoding="utf-8")
    return path


def seconds_in(component: str, week_number: int, unit: str = "company") -> float:
    """Active seconds of the component in that week; a straight line over the weeks."""
    _, _, level, slope = COMPONENTS[component]
    return (level + slope * week_number) * SIZE[unit]


def period_seconds(component: str, grain: str, start: dt.date, unit: str = "company") -> float:
    """Active seconds of a week, or of the weeks that begin in a month or quarter."""
    return sum(
        seconds_in(component, number, unit)
        for number, week in enumerate(WEEKS)
        if _start_of(week, grain) == start
    )


def _start_of(week: dt.date, grain: str) -> dt.date:
    if grain == "week":
        return week
    middle = week + dt.timedelta(days=3)
    month = middle.month if grain == "month" else (middle.month - 1) // 3 * 3 + 1
    return dt.date(middle.year, month, 1)


def _tables(
    *, build_id, format_version=1, has_catalogue=True, has_statements=True, people_scale=1.0
) -> dict[str, pl.DataFrame]:
    tables = {
        "marts.dim_org_units": _units(),
        "marts.dim_components": _components(),
        "reports.rpt_component_periods": _periods(has_catalogue, people_scale),
        "reports.rpt_component_activities": _activities(),
        "reports.rpt_component_verbs": _verbs(),
        "metrics.metric_values": _metric_values(has_catalogue),
        "metrics.metric_catalogue": _catalogue(has_catalogue),
        **ops_tables(build_id, format_version),
    }
    if not has_statements:
        kept = ("marts.dim_org_units", "marts.dim_components", "metrics.metric_catalogue", "ops.build")
        return {name: frame if name in kept else frame.clear() for name, frame in tables.items()}
    return tables


def _units():
    names = ["org_unit_key", "org_unit_name", "parent_org_unit_key", "depth", "sort_path", "is_root"]
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
                "is_provisional": start == {"week": WEEKS, "month": MONTHS, "quarter": QUARTERS}[grain][-1],
            }
        )
    return rows


ACTIVITIES = [
    ("Safety on the shop floor", "Course", 32, 410),
    ("How to read a drawing", "Video", 28, 240),
    ("Weekly case clinic", "Meeting", 22, 96),
    ("Torque settings, checklist for the assembly of the second line", "Checklist", 17, 88),
    ("Negotiation, role play", "Simulation", 12, 40),
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
                            (unit, code, grain, start, f"a{rank}", title, kind, events, people,
                             None if events is None else events * 300.0, rank, people is None)
                        )
    names = ["org_unit_key", "component", "period_grain", "period_start", "activity_key",
             "activity_title", "activity_type_name", "event_count", "learner_count",
             "active_seconds", "activity_rank", "is_suppressed"]
    return pl.DataFrame(rows, schema=names, orient="row", infer_schema_length=None)


def _verbs():
    said = [("completed", "progress", 300, 36), ("viewed", "consume", 220, 38),
            ("answered", "assess", 120, 25), ("commented", "opinion", 60, 14)]
    rows = [
        ("company", code, grain, start, verb, verb, kind, events, people, False)
        for grain, days in (("month", MONTHS), ("quarter", QUARTERS))
        for start in days
        for code in COMPONENTS
        for verb, kind, events, people in said
    ]
    names = ["org_unit_key", "component", "period_grain", "period_start", "verb_code", "verb_name",
             "verb_class", "event_count", "learner_count", "is_suppressed"]
    return pl.DataFrame(rows, schema=names, orient="row")


def _value(metric_id, measure, org_unit, grain, start, value, **more):
    row = {
        "metric_id": metric_id, "measure": measure, "subject_type": "all", "subject_key": "all",
        "org_unit_key": org_unit, "period_start": start, "period_grain": grain,
        "segment_dimension": "all", "segment_value": "all", "value": value, "numerator": None,
        "denominator": None, "n_people": PEOPLE.get(org_unit), "ci_low": None, "ci_high": None,
        "target": None, "unit": "share", "is_suppressed": False, "is_provisional": False,
        "rule_version": "1", "parameters_json": "{}",
    }
    row |= more
    if org_unit == "sales" and row["subject_type"] == "all":
        row |= {"value": None, "n_people": None, "is_suppressed": True}
    return row


def _metric_values(has_catalogue):
    rows = []
    for unit in SIZE:
        for number, week in enumerate(WEEKS[:-1]):
            rows.append(_value("HB04", "wal", unit, "week", week, float(PEOPLE[unit] - 14 + number % 5)
                               if PEOPLE[unit] > 14 else 8.0, unit="persons"))
        for number, month in enumerate(MONTHS[:-1]):
            for measure, minutes in (("value", 210), ("band_low", 190), ("band_high", 240)):
                rows.append(_value("HB16", measure, unit, "month", month, minutes + 4.0 * number, unit="min"))
            rows.append(_value("X07", "value", unit, "month", month, 0.30 + 0.01 * number))
            if has_catalogue:
                rows += _mode_values(unit, month)
        for quarter in QUARTERS[:-1]:
            rows.append(_value("X05", "value", unit, "quarter", quarter, 0.9, unit="0–1"))
    frame = pl.DataFrame(rows + _quality_values(), infer_schema_length=None)
    return frame.with_columns(as_of=pl.lit(AS_OF))


def _mode_values(unit, month):
    rows = []
    seconds = {code: period_seconds(code, "month", month, unit) for code in COMPONENTS}
    total = sum(seconds.values())
    for place, mode in enumerate(("formal", "social", "experiential")):
        mixed = sum(seconds[code] * MODES[code][place] for code in COMPONENTS) / total
        rows.append(_value("X01", mode, unit, "month", month, mixed))
        rows += [
            _value("X01", mode, unit, "month", month, MODES[code][place],
                   segment_dimension="component", segment_value=code)
            for code in COMPONENTS
        ]
    return rows


def _quality_values():
    day = dt.date(2026, 6, 30)
    rows = []
    for source in ("lms", "social", "video", "work"):
        of_source = {"subject_type": "source", "subject_key": source}
        for metric_id, value in (("DQ03", 0.002), ("DQ04", 0.008), ("DQ05", 0.99), ("DQ07", 0.001)):
            rows.append(_value(metric_id, "value", "company", "day", day, value, **of_source))
        rows.append(_value("DQ02", "p50", "company", "day", day, 0.2, **of_source | {"unit": "hours"}))
        rows.append(_value("DQ02", "p95", "company", "day", day, 6.5, **of_source | {"unit": "hours"}))
        rows.append(_value("DQ06", "value", "company", "month", dt.date(2026, 6, 1), 0.003, **of_source))
    return rows


def _catalogue(has_catalogue):
    names = {
        "X01": "Observed mode mix (10/20/70)", "X05": "Component evenness",
        "X07": "Interactivity ratio", "HB04": "WAL, MAL", "HB16": "Active minutes per active learner",
        "DQ02": "Lateness", "DQ03": "Duplicate rate", "DQ04": "Unmapped rate",
        "DQ05": "Identity resolution", "DQ06": "Void rate", "DQ07": "Implausible duration",
    }
    rows = [
        {
            "metric_id": key, "name": name, "question": "What is asked?", "formula": "a / b",
            "unit": "share", "caveat": "Never a target.",
            "status": "computed" if has_catalogue or key != "X01" else "needs content_catalogue",
        }
        for key, name in names.items()
    ]
    return pl.DataFrame(rows)


if __name__ == "__main__":
    import sys

    print(json.dumps({"published": str(publish(Path(sys.argv[1])))}))
