"""One night, one cut of the landing and one clock: what comes later or cannot be is not counted."""

import datetime as dt

import pytest

ANN, BOB = "ann@example.com", "bob@example.com"


def utc(*parts):
    return dt.datetime(*parts, tzinfo=dt.UTC).replace(tzinfo=None)


EVENING, CUT = utc(2026, 1, 19, 20), utc(2026, 1, 20, 2)
NEXT = utc(2026, 1, 21, 2)


def answered(statement_id, *when):
    return {"statement_id": statement_id, "occurred_at": utc(*when)}


def counts(warehouse):
    """Of one night, as three models say it: read, unique, facts, persons, whose HRIS is known."""
    return warehouse.rows(
        "select sum(read_count), sum(unique_count),"
        " (select count(*) from marts.fct_learning_events),"
        " (select count(*) filter (where is_resolved) from marts.dim_learners),"
        " (select sum(row_count) from ops.inputs where table_name = 'employees')"
        " from ops.reconciliation"
    )


@pytest.fixture(scope="module")
def interrupted(new_warehouse):
    """A night into which ingests fall: after the cut, between two layers of its models."""
    warehouse = new_warehouse()
    ann = {"employee_id": "1", "email": ANN, "hire_date": dt.date(2020, 1, 1)}
    bob = {"employee_id": "2", "email": BOB, "hire_date": dt.date(2020, 1, 1)}
    warehouse.land_reference("employees", [ann], at=EVENING)
    warehouse.land("before", [answered("s1", 2026, 1, 6, 9)], at=EVENING)
    warehouse.start(as_of=CUT, at=CUT)
    # began before the cut and was committed five minutes after it
    slow = CUT - dt.timedelta(seconds=10)
    warehouse.land("slow", [answered("s2", 2026, 1, 6, 9)], at=slow, seconds=310)
    warehouse.build_layers("staging", "intermediate")
    later = CUT + dt.timedelta(minutes=1)
    warehouse.land("during", [answered("s3", 2026, 1, 6, 9)], at=later)
    warehouse.land_reference("employees", [ann, bob], at=later)
    warehouse.build_layers("marts", "ops")
    return warehouse


def test_what_lands_during_a_night_waits_for_the_next(interrupted):
    first = counts(interrupted)
    interrupted.start(as_of=NEXT, at=NEXT)
    interrupted.build_layers("staging", "intermediate", "marts", "ops")
    assert (first, counts(interrupted)) == ([(1, 1, 1, 1, 1)], [(3, 3, 3, 2, 2)])


WRONG_CLOCKS = [
    answered("epoch", 1970, 1, 1),
    answered("march", 2026, 3, 2, 9),
    answered("april", 2026, 4, 6, 9),
    answered("dream", 2099, 1, 1),
]


@pytest.mark.parametrize(
    ("as_of", "meaningful", "future", "weeks"),
    [
        (utc(2026, 3, 15), ["march"], 2, 2),
        (utc(2026, 4, 30), ["april", "march"], 1, 9),
    ],
)
def test_nothing_counts_that_is_later_than_as_of_or_before_there_were_records(
    new_warehouse, as_of, meaningful, future, weeks
):
    warehouse = new_warehouse()
    warehouse.land("b", WRONG_CLOCKS, at=utc(2026, 5, 1))
    warehouse.build(as_of=as_of)
    assert warehouse.rows(
        "select statement_id from marts.fct_learning_events where is_meaningful order by 1"
    ) == [(name,) for name in meaningful]
    assert warehouse.rows("select count(*) from marts.fct_learner_weeks") == [(weeks,)]
    assert warehouse.rows("select count(*) from marts.fct_sessions") == [(len(meaningful),)]
    assert warehouse.rows(
        "select stated_count, future_count, too_early_count from ops.event_times"
    ) == [(4, future, 1)]


def test_the_last_snapshots_of_all_sources_are_in_force_together(new_warehouse):
    """Two HRISs: each replaces its own people only; who is in both stands once."""
    warehouse = new_warehouse()

    def employee(number, leaves=None):
        return {"employee_id": number, "hire_date": dt.date(2020, 1, 1), "leave_date": leaves}

    left = dt.date(2026, 1, 2)
    warehouse.land_reference("employees", [employee("1"), employee("2")], at=EVENING, source="jp")
    warehouse.land_reference("employees", [employee("3"), employee("2", left)], at=CUT, source="de")
    warehouse.land_reference("employees", [employee("2")], at=NEXT, source="jp")
    warehouse.build(as_of=NEXT)
    assert warehouse.rows(
        "select employee_id, leave_date from staging.stg_landing__employees order by 1"
    ) == [("2", None), ("3", None)]
    assert warehouse.rows(
        "select source_count, row_count from ops.inputs where table_name = 'employees'"
    ) == [(2, 3)]
