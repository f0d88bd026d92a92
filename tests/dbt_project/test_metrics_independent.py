"""The metrics of a landing made by hand, computed a second time in plain Python."""

import math
import os
import subprocess
import sys
from collections import defaultdict
from datetime import date, timedelta
from statistics import median

import duckdb
import pytest

from tests.dbt_project.metrics_case import (
    AS_OF,
    EVENTS,
    FIRST_MONDAY,
    IMPOSSIBLE,
    KINDS,
    LAST_MONDAY,
    LEFT,
    MEANINGFUL,
    PEOPLE,
    above,
    grouped,
    land_everything,
    minutes,
    mode_of,
    monday,
    month,
)
from xapi_ingest.settings import load_settings


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    """The warehouse that dbt builds over that landing, its data tests passed."""
    settings = load_settings(home=tmp_path_factory.mktemp("metrics"))
    land_everything(settings.landing)
    # a process of its own: dbt keeps the warehouse open as long as it lives
    command = [sys.executable, "-m", "pipelines.lib.dbt", "build", "--exclude", "test_type:unit"]
    built = subprocess.run(
        command,
        env={**os.environ, "TILTH_HOME": str(settings.home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stdout
    with duckdb.connect(settings.warehouse, read_only=True) as connection:
        yield connection


def figures(warehouse, family, metric_id, *columns):
    """Raw figures, before anything is hidden: key columns → value."""
    listed = ", ".join(columns)
    rows = warehouse.execute(
        f"select {listed}, value from metrics.{family} where metric_id = ?",  # noqa: S608  (names of our own)
        [metric_id],
    ).fetchall()
    found = {row[:-1]: row[-1] for row in rows}
    assert len(found) == len(rows)
    return found


def test_the_mode_mix_is_the_share_of_minutes(warehouse):
    expected = {
        (unit, start, mode): minutes([e for e in events if mode_of(e) == mode]) / minutes(events)
        for (unit, start), events in grouped(month).items()
        for mode in ("formal", "social", "experiential")
    }
    found = warehouse.execute(
        "select org_unit_key, period_start, measure, value from metrics.met_mode_mix"
        " where segment_dimension = 'all'"
    ).fetchall()
    assert {row[:3]: row[3] for row in found} == pytest.approx(expected)


def test_evenness_is_the_entropy_of_the_components(warehouse):
    expected = {}
    for (unit, start), events in grouped(
        lambda day: date(2026, 1 + 3 * (day.month > 3), 1)
    ).items():
        parts = defaultdict(float)
        for event in events:
            parts[KINDS[event.kind].component] += event.seconds
        shares = [part / sum(parts.values()) for part in parts.values()]
        expected[unit, start] = -sum(p * math.log(p) for p in shares) / math.log(5)
    found = figures(warehouse, "met_evenness", "X05", "org_unit_key", "period_start")
    assert found == pytest.approx(expected, abs=1e-8)


def test_interactivity_counts_a_person_activity_and_day_once(warehouse):
    expected = {}
    for key, events in grouped(month).items():
        once = {
            (*e[:4], KINDS[e.kind].interactivity) for e in events if KINDS[e.kind].interactivity
        }
        if once:
            expected[key] = sum(one[-1] == "interactive" for one in once) / len(once)
    found = figures(warehouse, "met_interactivity", "X07", "org_unit_key", "period_start")
    assert found == pytest.approx(expected)


def test_performance_learning_is_its_share_of_minutes(warehouse):
    expected = {
        (*key, "value"): minutes([e for e in events if KINDS[e.kind].is_performance])
        / minutes(events)
        for key, events in grouped(month).items()
    }
    found = figures(
        warehouse, "met_performance_share", "PE02", "org_unit_key", "period_start", "measure"
    )
    for (unit, start), events in grouped(month).items():
        once = {(e.person, e.day, KINDS[e.kind].activity, e.number): False for e in events}
        for e in events:
            once[e.person, e.day, KINDS[e.kind].activity, e.number] |= KINDS[e.kind].is_performance
        expected[unit, start, "event_person_share"] = sum(once.values()) / len(once)
    assert found == pytest.approx(expected)


def test_minutes_per_active_learner_and_their_median(warehouse):
    expected = {}
    for key, events in grouped(month).items():
        of_each = defaultdict(float)
        for event in events:
            of_each[event.person] += event.seconds / 60
        expected[(*key, "value")] = sum(of_each.values()) / len(of_each)
        expected[(*key, "p50")] = median(of_each.values())
    found = figures(
        warehouse, "met_active_minutes", "HB16", "org_unit_key", "period_start", "measure"
    )
    assert {k: v for k, v in found.items() if k in expected} == pytest.approx(expected)


def test_weekly_and_monthly_learners_and_stickiness(warehouse):
    weekly = {key: {e.person for e in events} for key, events in grouped(monday).items()}
    active, sticky = {}, {}
    for unit in {key[0] for key in weekly}:
        week = FIRST_MONDAY
        while week <= LAST_MONDAY:
            last_four = [weekly.get((unit, week - timedelta(7 * n)), set()) for n in range(4)]
            if monthly := set().union(*last_four):
                active[unit, week, "wal"] = len(last_four[0])
                active[unit, week, "mal"] = len(monthly)
                start = week - timedelta(21)
                if start >= FIRST_MONDAY and week < LAST_MONDAY:
                    sticky[unit, start] = sum(map(len, last_four)) / 4 / len(monthly)
            week += timedelta(7)
    columns = ("org_unit_key", "period_start")
    assert figures(warehouse, "met_active_learners", "HB04", *columns, "measure") == active
    assert figures(warehouse, "met_stickiness", "HB05", *columns) == pytest.approx(sticky)
    assert all(0.25 <= value <= 1 for value in sticky.values())


def weeks_of(person):
    return {(monday(e.day) - FIRST_MONDAY).days // 7 for e in MEANINGFUL if e.person == person}


def test_retention_of_the_large_cohort_is_bounded(warehouse):
    cohort = [person for person in PEOPLE if weeks_of(person) and min(weeks_of(person)) == 0]
    assert len(cohort) >= 30
    expected = {
        ("2026-01-05", str(n)): sum(n in weeks_of(person) for person in cohort) / len(cohort)
        for n in range(12)
    }
    found = figures(warehouse, "met_retention", "HB09", "subject_key", "segment_value")
    assert found == pytest.approx(expected)


def state(weeks, now):
    before = [week for week in weeks if week < now]
    gap = now - max(before) if before else None
    if now in weeks:
        return {None: "new", 1: "current"}.get(gap) or (
            "reactivated" if gap <= 4 else "resurrected"
        )
    return "never" if gap is None else "at_risk" if gap <= 4 else "dormant"


def test_growth_accounting_follows_the_states(warehouse):
    expected = defaultdict(int)
    for now in range(12):
        start = FIRST_MONDAY + timedelta(7 * now)
        for person in PEOPLE:
            days = min((LEFT.get(person, date.max) - start).days + 1, 5)
            if days >= 2.5:
                expected[start, state(weeks_of(person), now)] += 1
                expected[start, "wal"] += now in weeks_of(person)
                expected[start, "exposed"] += 1
    found = figures(warehouse, "met_growth", "HB11", "period_start", "measure")
    assert {key: value for key, value in found.items() if value} == {
        k: v for k, v in expected.items() if v
    }


def test_participants_are_distinct_first_registrations(warehouse):
    first = {}
    for event in sorted(EVENTS, key=lambda e: e.day):
        if event.kind == "registers":
            first.setdefault((event.person, event.number), month(event.day))
    expected = defaultdict(set)
    for (person, number), start in first.items():
        for unit in above(PEOPLE[person]):
            expected[unit, "all", start].add(person)
        expected["company", "programme" if number else "offering", start].add(person)
    found = figures(
        warehouse, "met_participants", "LM02", "org_unit_key", "subject_type", "period_start"
    )
    assert found == {key: len(people) for key, people in expected.items()}


def test_unused_stock_counts_viewers_of_ninety_days(warehouse):
    expected = {}
    for start, counted in ((date(2026, 1, 1), date(2026, 3, 31)), (date(2026, 4, 1), AS_OF.date())):
        if not any(start <= e.day for e in MEANINGFUL):
            continue
        items = [(kind, number) for kind in ("reads", "completes", "passes") for number in range(3)]
        viewers = defaultdict(set)
        for person, kind, number, day, _ in EVENTS:
            if counted - timedelta(90) < day <= counted:
                viewers[kind, number].add(person)
        share = sum(len(viewers[item]) < 5 for item in items) / len(items)
        expected |= {(unit, start): share for unit in ("company", "north", "n1")}
    assert (
        figures(warehouse, "met_content_stock", "KS09", "org_unit_key", "period_start") == expected
    )


def test_data_quality_is_counted_from_what_was_delivered(warehouse):
    found = figures(warehouse, "met_data_quality", "DQ03", "measure")
    assert found["value",] == pytest.approx(1 / (len(EVENTS) + len(IMPOSSIBLE) + 1), abs=1e-9)
    assert figures(warehouse, "met_data_quality", "DQ05", "measure") == {("value",): 1}
    assert figures(warehouse, "met_data_quality", "DQ02", "measure") == {("p50",): 1, ("p95",): 1}
    assert figures(warehouse, "met_data_quality", "DQ07", "measure") == {("value",): 0}


def test_times_that_cannot_be_true_are_counted_and_move_nothing(warehouse):
    found = warehouse.execute(
        "select stated_count, too_early_count, future_count, lateness_p95_hours"
        " from ops.event_times"
    ).fetchall()
    assert found == [(len(EVENTS) + len(IMPOSSIBLE), 2, 2, 1)]
    # the settled clock and the other tests of this module, which know nothing of those statements
    assert warehouse.execute("select lateness_seconds from metrics.met_clock").fetchall() == [
        (3600,)
    ]
    weeks = "select min(week_start), max(week_start) from marts.fct_learner_weeks"
    assert warehouse.execute(weeks).fetchall() == [(FIRST_MONDAY, LAST_MONDAY)]


def test_what_is_published_is_the_raw_figure_or_nothing(warehouse):
    rows = warehouse.execute(
        "select is_suppressed, published.value is null, published.value = raw.value, count(*)"
        " from metrics.metric_values as published join metrics.met_mode_mix as raw"
        " using (metric_id, measure, org_unit_key, period_start, segment_value) group by all"
    ).fetchall()
    assert {row[:3] for row in rows} == {(True, True, None), (False, False, True)}


def test_people_are_said_to_be_employees_and_late_weeks_to_be_provisional(warehouse):
    rows = warehouse.execute(
        "select distinct period_start, is_provisional, parameters_json like '%employees%'"
        " from metrics.metric_values where metric_id = 'HB04'"
    ).fetchall()
    assert {row[0] for row in rows if row[1]} == {LAST_MONDAY}
    assert all(row[2] for row in rows)


def test_the_catalogue_says_of_every_metric_whether_it_is_computed(warehouse):
    status = dict(
        warehouse.execute("select metric_id, status from metrics.metric_catalogue").fetchall()
    )
    computed = {metric for metric, said in status.items() if said == "computed"}
    with_rows = warehouse.execute("select distinct metric_id from metrics.metric_values").fetchall()
    assert len(status) == 158
    assert computed == {metric for (metric,) in with_rows}
    assert status["LS03"] == "needs posts"  # nobody posted
    assert all(
        said.startswith("needs ") for metric, said in status.items() if metric not in computed
    )
