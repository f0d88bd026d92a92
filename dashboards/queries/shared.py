"""What every page asks: the clock, the build, the org units, the definitions. No Streamlit."""

import datetime as dt

import polars as pl

from dashboards.published import query


def org_units() -> pl.DataFrame:
    """One row per org unit in the order of the tree, the company first."""
    return query(
        """
        select org_unit_key, org_unit_name, depth
        from marts.dim_org_units
        order by not is_root, sort_path
        """
    )


def unit_name(org_unit_key: str) -> str:
    """The name of the unit."""
    names = org_units().filter(pl.col("org_unit_key") == org_unit_key)["org_unit_name"]
    return str(names[0]) if names.len() else org_unit_key


def build() -> pl.DataFrame:
    """One row: which build this is, and the clock that its figures were measured from."""
    return query(
        """
        select build_id, built_at, as_of, code_version, tilth_version
        from ops.build
        """
    )


def newest_month(org_unit_key: str) -> dt.date | None:
    """First day of the newest month in which the unit has any row; None when it has none."""
    rows = query(
        """
        select max(period_start) as period_start
        from reports.rpt_component_periods
        where org_unit_key = $org_unit_key and period_grain = 'month'
        """,
        org_unit_key=org_unit_key,
    )
    found: dt.date | None = rows["period_start"][0]
    return found


def definition(metric_id: str) -> pl.DataFrame:
    """One row: what the metric asks, how it is counted, what to beware of, and its status."""
    return query(
        """
        select metric_id, name, question, formula, unit, caveat, status
        from metrics.metric_catalogue
        where metric_id = $metric_id
        """,
        metric_id=metric_id,
    )


def metric_periods(
    *, metric_id: str, measure: str, org_unit_key: str, grain: str, until: str
) -> pl.DataFrame:
    """One row per period up to the one that starts on ``until``, oldest first.

    Only the subject ``all`` without a segment; the 13 periods of the calendar up to then.
    """
    return query(
        """
        select
            period_start, value, numerator, denominator, n_people, ci_low, ci_high, unit,
            is_suppressed, is_provisional, as_of, parameters_json
        from metrics.metric_values
        where metric_id = $metric_id
            and measure = $measure
            and org_unit_key = $org_unit_key
            and period_grain = $grain
            and subject_key = 'all'
            and coalesce(segment_value, 'all') = 'all'
            and period_start <= cast($until as date)
            and period_start > cast($until as date) - case $grain
                when 'week' then interval 91 day
                when 'month' then interval 13 month
                else interval 39 month
            end
        order by period_start
        """,
        metric_id=metric_id,
        measure=measure,
        org_unit_key=org_unit_key,
        grain=grain,
        until=until,
    )
