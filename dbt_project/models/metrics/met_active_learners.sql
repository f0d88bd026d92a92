-- HB04: distinct persons with a meaningful event in the ISO week (WAL) and in the trailing days up to
-- its Sunday (MAL).
{% set active_days = var('active_days') %}

with

active_dates as (

    select distinct
        learner_key,
        org_unit_key,
        local_date,
        local_week
    from {{ ref('met_learner_days') }}

),

weeks as (

    select
        weeks.week_start as local_week,
        {{ period_end('week', 'weeks.week_start') }} as week_end
    from {{ ref('fct_learner_weeks') }} as weeks
    inner join {{ ref('met_clock') }} as clock on cast(weeks.week_start as timestamp) < clock.as_of
    group by weeks.week_start

),

-- one row per person and week in which the person counts: as weekly, as monthly, or as both
learner_weeks as (

    select
        weeks.local_week,
        dates.learner_key,
        dates.org_unit_key,
        max(case when dates.local_week = weeks.local_week then 1 else 0 end) as is_weekly
    from weeks
    inner join active_dates as dates
        on
            weeks.week_end >= dates.local_date
            and dates.local_date > cast({{ dbt.dateadd('day', -active_days, 'weeks.week_end') }} as date)
    group by weeks.local_week, dates.learner_key, dates.org_unit_key

),

unit_weeks as (

    select
        ancestors.ancestor_key as org_unit_key,
        weeks.local_week,
        count(distinct case when weeks.is_weekly = 1 then weeks.learner_key end) as weekly_count,
        count(distinct weeks.learner_key) as monthly_count
    from learner_weeks as weeks
    inner join {{ ref('brg_org_unit_ancestors') }} as ancestors
        on weeks.org_unit_key = ancestors.org_unit_key
    group by ancestors.ancestor_key, weeks.local_week

),

active_learners as (

    select
        org_unit_key,
        local_week,
        'wal' as measure,
        weekly_count as learner_count
    from unit_weeks

    union all

    select
        org_unit_key,
        local_week,
        'mal' as measure,
        monthly_count as learner_count
    from unit_weeks

)

{{ metric_rows(
    'HB04', 'active_learners', 'week', 'local_week', measure='rows_of.measure',
    value='rows_of.learner_count', numerator='rows_of.learner_count', n_people='rows_of.learner_count',
    parameters={'active_days': active_days, 'dwell_seconds': var('dwell_seconds')}
) }}
