-- HB05: mean weekly active learners of four complete ISO weeks over the distinct persons of those 28
-- days, for the four weeks from every Monday on.
with

active_weeks as (

    select distinct
        learner_key,
        org_unit_key,
        week_start
    from {{ ref('fct_learner_weeks') }}
    where is_active and is_complete_week

),

bounds as (

    select
        min(case when is_active then week_start end) as first_week,
        max(week_start) as last_week
    from {{ ref('fct_learner_weeks') }}
    where is_complete_week

),

windows as (

    select
        weeks.week_start as window_start,
        cast({{ dbt.dateadd('day', 28, 'weeks.week_start') }} as date) as window_stop
    from {{ ref('fct_learner_weeks') }} as weeks
    inner join bounds
        on
            weeks.week_start >= bounds.first_week
            and cast({{ dbt.dateadd('day', 21, 'weeks.week_start') }} as date) <= bounds.last_week
    where weeks.is_complete_week
    group by weeks.week_start

),

unit_windows as (

    select
        ancestors.ancestor_key as org_unit_key,
        windows.window_start,
        count(*) / 4.0 as mean_weekly_count,
        count(distinct weeks.learner_key) as monthly_count
    from windows
    inner join active_weeks as weeks
        on windows.window_start <= weeks.week_start and windows.window_stop > weeks.week_start
    inner join {{ ref('brg_org_unit_ancestors') }} as ancestors
        on weeks.org_unit_key = ancestors.org_unit_key
    group by ancestors.ancestor_key, windows.window_start

)

{{ metric_rows(
    'HB05', 'unit_windows', 'four_weeks', 'window_start',
    value='rows_of.mean_weekly_count / rows_of.monthly_count',
    numerator='rows_of.mean_weekly_count', denominator='rows_of.monthly_count',
    n_people='rows_of.monthly_count', parameters={'dwell_seconds': var('dwell_seconds')}
) }}
