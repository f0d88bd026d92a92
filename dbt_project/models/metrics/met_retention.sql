-- HB09: of the persons whose first active week it was, the share active in exactly week n after it;
-- complete weeks and cohorts large enough to be shown only.
with

smallest as (

    select max(minimum_cell) as minimum_cell
    from {{ ref('ref_metrics') }}
    where metric_id = 'HB09'

),

cohorts as (

    select
        weeks.cohort_week,
        count(distinct weeks.learner_key) as cohort_size
    from {{ ref('fct_learner_weeks') }} as weeks
    cross join smallest
    where weeks.cohort_week is not null
    group by weeks.cohort_week
    having count(distinct weeks.learner_key) >= max(smallest.minimum_cell)

),

weeks as (

    select
        week_start,
        max(week_number) as week_number
    from {{ ref('fct_learner_weeks') }}
    where is_complete_week
    group by week_start

),

returned as (

    select
        cohort_week,
        week_start,
        count(distinct learner_key) as active_count
    from {{ ref('fct_learner_weeks') }}
    where is_active
    group by cohort_week, week_start

),

retention as (

    select
        cohorts.cohort_week,
        cohorts.cohort_size,
        weeks.week_start,
        coalesce(returned.active_count, 0) as active_count,
        weeks.week_number - first_weeks.week_number as weeks_later
    from cohorts
    inner join weeks as first_weeks on cohorts.cohort_week = first_weeks.week_start
    inner join weeks on cohorts.cohort_week <= weeks.week_start
    left join returned
        on cohorts.cohort_week = returned.cohort_week and weeks.week_start = returned.week_start

)

{{ metric_rows(
    'HB09', 'retention', 'week', 'cohort_week',
    value='rows_of.active_count / rows_of.cohort_size',
    numerator='rows_of.active_count', denominator='rows_of.cohort_size',
    n_people='rows_of.cohort_size',
    ci_low=wilson('low', 'rows_of.active_count', 'rows_of.cohort_size'),
    ci_high=wilson('high', 'rows_of.active_count', 'rows_of.cohort_size'),
    subject=["'cohort'", 'cast(rows_of.cohort_week as string)'],
    segment=["'week_number'", 'cast(rows_of.weeks_later as string)'], org_unit="'company'",
    period_end_date=period_end('week', 'rows_of.week_start'),
    parameters={'dwell_seconds': var('dwell_seconds'), 'bounded': true}
) }}
