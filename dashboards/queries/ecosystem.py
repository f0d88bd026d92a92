"""What the Ecosystem page asks: the five components of one unit in one period, and their trend."""

import polars as pl

from dashboards.published import query

WEEKLY_TREND = """
with recorded as (
    select
        min(period_start) as first_start,
        date_trunc(
            'week', least(max(as_of), cast($until as date) + interval 1 day) - interval 7 day
        ) as last_start
    from reports.rpt_component_periods
    where period_grain = 'week' and org_unit_key = $org_unit_key
),

weeks as (
    select cast(unnest(generate_series(
        greatest(first_start, last_start - to_weeks(cast($weeks - 1 as integer))),
        last_start,
        interval 7 day
    )) as date) as period_start
    from recorded
)

select
    dim_components.component,
    dim_components.component_title,
    weeks.period_start,
    case
        when coalesce(periods.is_suppressed, false) then null
        else coalesce(periods.active_seconds, 0)
    end as active_seconds,
    coalesce(periods.is_suppressed, false) as is_suppressed,
    coalesce(periods.is_provisional, false) as is_provisional
from weeks
cross join marts.dim_components as dim_components
left join reports.rpt_component_periods as periods
    on dim_components.component = periods.component
    and periods.period_start = weeks.period_start
    and periods.period_grain = 'week'
    and periods.org_unit_key = $org_unit_key
where dim_components.component <> 'unclassified'
order by dim_components.sort_order, weeks.period_start
"""


def months(*, org_unit_key: str) -> pl.DataFrame:
    """One row per month with data, newest first.

    ``is_complete`` by the clock of the build; ``has_figures`` when not everything is hidden.
    """
    return query(
        """
        select
            period_start,
            period_start + interval 1 month <= max(as_of) as is_complete,
            not bool_and(is_suppressed) as has_figures
        from reports.rpt_component_periods
        where period_grain = 'month' and org_unit_key = $org_unit_key
        group by period_start
        order by period_start desc
        """,
        org_unit_key=org_unit_key,
    )


def components(*, org_unit_key: str, month: str) -> pl.DataFrame:
    """One row per component of that month, every one of the five, in their fixed order.

    A component without a row in that period has nulls; unclassified is last and only if present.
    """
    return query(
        """
        select
            dim_components.component,
            dim_components.component_title,
            dim_components.metaphor,
            dim_components.description,
            periods.active_seconds,
            periods.active_seconds_share,
            periods.event_count,
            periods.learner_count,
            periods.formal_seconds,
            periods.social_seconds,
            periods.experiential_seconds,
            coalesce(periods.is_suppressed, false) as is_suppressed,
            coalesce(periods.is_provisional, false) as is_provisional
        from marts.dim_components as dim_components
        left join reports.rpt_component_periods as periods
            on dim_components.component = periods.component
            and periods.org_unit_key = $org_unit_key
            and periods.period_grain = 'month'
            and periods.period_start = cast($month as date)
        where dim_components.component <> 'unclassified' or coalesce(periods.event_count, 0) > 0
        order by dim_components.sort_order
        """,
        org_unit_key=org_unit_key,
        month=month,
    )


def weekly_trend(*, org_unit_key: str, until: str, weeks: int = 13) -> pl.DataFrame:
    """One row per component and complete week: the last ``weeks`` that end by ``until``.

    Weeks follow each other as in the calendar, from the first that the unit has.

    A week in which nothing was recorded for a component has 0 seconds; a hidden one has null.
    """
    return query(
        WEEKLY_TREND,
        org_unit_key=org_unit_key,
        until=until,
        weeks=weeks,
    )


def mode_mix(*, org_unit_key: str, month: str) -> pl.DataFrame:
    """One row per component and mode: its share of learning time (X01).

    All components together come first, as ``all`` without a title.
    """
    return query(
        """
        select
            modes.segment_value as component,
            dim_components.component_title,
            modes.measure as mode,
            modes.value as mode_share,
            modes.n_people,
            modes.is_suppressed,
            modes.is_provisional
        from metrics.metric_values as modes
        left join marts.dim_components as dim_components
            on modes.segment_value = dim_components.component
        where modes.metric_id = 'X01'
            and modes.org_unit_key = $org_unit_key
            and modes.period_grain = 'month'
            and modes.period_start = cast($month as date)
            and coalesce(modes.segment_value, '') <> 'unclassified'
        order by
            coalesce(dim_components.sort_order, 0),
            case modes.measure when 'formal' then 1 when 'social' then 2 else 3 end
        """,
        org_unit_key=org_unit_key,
        month=month,
    )


def coverage() -> pl.DataFrame:
    """One row per source: its newest coverage (DQ01); none when never counted."""
    return query(
        """
        select subject_key as source_name, value
        from metrics.metric_values
        where metric_id = 'DQ01'
        qualify row_number() over (partition by subject_key order by period_start desc) = 1
        order by subject_key
        """
    )
