"""What the Component explorer asks: one component of one unit over a range of periods."""

import datetime as dt

import polars as pl

from dashboards.published import query

COMPONENT_PERIODS = """
with unit_periods as (
    select
        period_start,
        max(as_of) as as_of,
        bool_or(is_provisional) as is_provisional
    from reports.rpt_component_periods
    where org_unit_key = $org_unit_key
        and period_grain = $grain
        and period_start between cast($first as date) and cast($last as date)
    group by period_start
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


def component_choices() -> pl.DataFrame:
    """One row per component in their fixed order, unclassified last."""
    return query(
        """
        select component, component_title, metaphor, description
        from marts.dim_components
        order by sort_order
        """
    )


def component_periods(
    *, component: str, org_unit_key: str, grain: str, first: str, last: str
) -> pl.DataFrame:
    """One row per period of the unit in the range, oldest first.

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
    """One row per activity of that period, the most used first."""
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
        order by is_suppressed, activity_rank nulls last, activity_title
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
    """One row per period of that grain in which the unit has any row, oldest first."""
    return query(
        """
        select
            period_start,
            case $grain
                when 'week' then period_start + interval 7 day
                when 'month' then period_start + interval 1 month
                else period_start + interval 3 month
            end <= max(as_of) as is_complete
        from reports.rpt_component_periods
        where org_unit_key = $org_unit_key and period_grain = $grain
        group by period_start
        order by period_start
        """,
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
