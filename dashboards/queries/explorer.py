"""What the Component explorer asks: one component of one unit over a range of periods."""

import datetime as dt

import polars as pl

from dashboards.published import query

COMPONENT_PERIODS = """
with flags as (
    select period_start, bool_or(is_provisional) as is_provisional
    from reports.rpt_component_periods
    where org_unit_key = $org_unit_key and period_grain = $grain
    group by period_start
),

unit_periods as (
    select
        calendar.period_start,
        (select max(as_of) from reports.rpt_component_periods) as as_of,
        coalesce(flags.is_provisional, false) as is_provisional
    from (
        select cast(unnest(generate_series(
            cast($first as date),
            cast($last as date),
            case $grain
                when 'week' then interval 7 day
                when 'month' then interval 1 month
                else interval 3 month
            end
        )) as date) as period_start
    ) as calendar
    left join flags on calendar.period_start = flags.period_start
)

select
    unit_periods.period_start,
    case when not coalesce(used.is_suppressed, false)
        then coalesce(used.active_seconds, 0) end as active_seconds,
    used.active_seconds_share,
    case when not coalesce(used.is_suppressed, false)
        then coalesce(used.event_count, 0) end as event_count,
    case when not coalesce(used.is_suppressed, false)
        then coalesce(used.learner_count, 0) end as learner_count,
    used.formal_seconds,
    used.social_seconds,
    used.experiential_seconds,
    used.component is not null as is_recorded,
    coalesce(used.is_suppressed, false) as is_suppressed,
    unit_periods.is_provisional,
    case $grain
        when 'week' then unit_periods.period_start + interval 7 day
        when 'month' then unit_periods.period_start + interval 1 month
        else unit_periods.period_start + interval 3 month
    end <= unit_periods.as_of as is_complete
from unit_periods
left join reports.rpt_component_periods as used
    on unit_periods.period_start = used.period_start
    and used.component = $component
    and used.org_unit_key = $org_unit_key
    and used.period_grain = $grain
order by unit_periods.period_start
"""
PERIODS = """
with step as (
    select case $grain
        when 'week' then interval 7 day
        when 'month' then interval 1 month
        else interval 3 month
    end as step
),

recorded as (
    select
        cast(min(period_start) as timestamp) as first_start,
        cast(max(period_start) as timestamp) as last_start,
        max(as_of) as as_of
    from reports.rpt_component_periods
    where org_unit_key = $org_unit_key and period_grain = $grain
),

calendar as (
    select unnest(generate_series(first_start, last_start, step)) as period_start
    from recorded
    cross join step
)

select
    cast(calendar.period_start as date) as period_start,
    calendar.period_start + step.step <= recorded.as_of as is_complete,
    calendar.period_start in (
        select period_start
        from reports.rpt_component_periods
        where org_unit_key = $org_unit_key and period_grain = $grain and not is_suppressed
    ) as has_figures
from calendar
cross join recorded
cross join step
order by calendar.period_start
"""


def component_choices(*, org_unit_key: str) -> pl.DataFrame:
    """One row per component in their fixed order; ``is_used`` in the unit's newest full month."""
    return query(
        """
        select component, component_title, metaphor, description, component in (
            select component
            from reports.rpt_component_periods
            where org_unit_key = $org_unit_key
                and period_grain = 'month'
                and not is_suppressed
                and period_start + interval 1 month <= as_of
            qualify period_start = max(period_start) over ()
        ) as is_used
        from marts.dim_components
        order by sort_order
        """,
        org_unit_key=org_unit_key,
    )


def component_periods(
    *, component: str, org_unit_key: str, grain: str, first: str, last: str
) -> pl.DataFrame:
    """One row per period of the calendar in the range, oldest first.

    A period in which the component was not used has 0; a hidden one has null.
    """
    return query(
        COMPONENT_PERIODS,
        component=component,
        org_unit_key=org_unit_key,
        grain=grain,
        first=first,
        last=last,
    )


def top_activities(
    *, component: str, org_unit_key: str, grain: str, period_start: str
) -> pl.DataFrame:
    """One row per activity of that period, the one with most learners first."""
    return query(
        """
        select
            activity_rank, activity_title, activity_type_name, learner_count, event_count,
            active_seconds, is_suppressed
        from reports.rpt_component_activities
        where component = $component
            and org_unit_key = $org_unit_key
            and period_grain = $grain
            and period_start = cast($period_start as date)
        order by learner_count desc nulls last, activity_rank nulls last, activity_title
        limit 10
        """,
        component=component,
        org_unit_key=org_unit_key,
        grain=grain,
        period_start=period_start,
    )


def verbs(*, component: str, org_unit_key: str, grain: str, period_start: str) -> pl.DataFrame:
    """One row per verb of that period, the most frequent first."""
    return query(
        """
        select verb_name, verb_class, event_count, learner_count, is_suppressed
        from reports.rpt_component_verbs
        where component = $component
            and org_unit_key = $org_unit_key
            and period_grain = $grain
            and period_start = cast($period_start as date)
        order by event_count desc nulls last, verb_name
        limit 12
        """,
        component=component,
        org_unit_key=org_unit_key,
        grain=grain,
        period_start=period_start,
    )


def periods(*, org_unit_key: str, grain: str) -> pl.DataFrame:
    """One row per period of that grain from the unit's first to its last, oldest first."""
    return query(
        PERIODS,
        org_unit_key=org_unit_key,
        grain=grain,
    )


def detail_period(*, org_unit_key: str, grain: str, last: str) -> dt.date | None:
    """First day of the newest period of that grain that starts by ``last``; None when none does."""
    rows = query(
        """
        select max(period_start) as period_start
        from reports.rpt_component_periods
        where org_unit_key = $org_unit_key
            and period_grain = $grain
            and period_start <= cast($last as date)
        """,
        org_unit_key=org_unit_key,
        grain=grain,
        last=last,
    )
    found: dt.date | None = rows["period_start"][0]
    return found
