"""What the Component explorer asks: one component of one unit over a range of periods."""

import datetime as dt

import polars as pl

from dashboards.published import query


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
    """One row per period in the range, oldest first."""
    return query(
        """
        select
            period_start, active_seconds, active_seconds_share, event_count, learner_count,
            formal_seconds, social_seconds, experiential_seconds, is_suppressed, is_provisional,
            as_of
        from reports.rpt_component_periods
        where component = $component
            and org_unit_key = $org_unit_key
            and period_grain = $grain
            and period_start between cast($first as date) and cast($last as date)
        order by period_start
        """,
        component=component,
        org_unit_key=org_unit_key,
        grain=grain,
        first=first,
        last=last,
    )


def top_activities(
    *, component: str, org_unit_key: str, grain: str, period_start: str, limit: int = 10
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
        order by activity_rank nulls last, activity_title
        limit $limit
        """,
        component=component,
        org_unit_key=org_unit_key,
        grain=grain,
        period_start=period_start,
        limit=limit,
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
        select distinct period_start
        from reports.rpt_component_periods
        where org_unit_key = $org_unit_key and period_grain = $grain
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
