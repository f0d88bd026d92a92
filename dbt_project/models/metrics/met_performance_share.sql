-- PE02: minutes of opinion, test, teaching, simulation and application among all minutes; and, since
-- tests are short, the same share of distinct person × activity × day.
{% set performance_classes = ('opinion', 'assess', 'teach', 'practise') %}

with

events_once_a_day as (

    select
        learner_key,
        org_unit_key,
        local_month,
        local_date,
        object_key,
        max(case when verb_class in {{ performance_classes }} then 1 else 0 end) as performance_days,
        sum(case when verb_class in {{ performance_classes }} then event_seconds else 0 end)
            as performance_seconds,
        sum(event_seconds) as active_seconds
    from {{ ref('fct_learning_events') }}
    where is_meaningful and is_person
    group by learner_key, org_unit_key, local_month, local_date, object_key

),

learner_months as (

    select
        learner_key,
        org_unit_key,
        local_month,
        sum(performance_days) as performance_days,
        count(*) as all_days,
        sum(performance_seconds) as performance_seconds,
        sum(active_seconds) as active_seconds
    from events_once_a_day
    group by learner_key, org_unit_key, local_month

),

unit_months as (

    select
        ancestors.ancestor_key as org_unit_key,
        months.local_month,
        cast(sum(months.performance_seconds) as double) / 60 as performance_minutes,
        cast(sum(months.active_seconds) as double) / 60 as all_minutes,
        sum(months.performance_days) as performance_days,
        sum(months.all_days) as all_days,
        count(distinct months.learner_key) as n_people
    from learner_months as months
    inner join {{ ref('brg_org_unit_ancestors') }} as ancestors
        on months.org_unit_key = ancestors.org_unit_key
    group by ancestors.ancestor_key, months.local_month

),

shares as (

    select
        org_unit_key,
        local_month,
        'value' as measure,
        performance_minutes as performance,
        all_minutes as everything,
        n_people
    from unit_months
    where all_minutes > 0

    union all

    select
        org_unit_key,
        local_month,
        'event_person_share' as measure,
        performance_days as performance,
        all_days as everything,
        n_people
    from unit_months

)

{{ metric_rows(
    'PE02', 'shares', 'month', 'local_month', measure='rows_of.measure',
    value='rows_of.performance / rows_of.everything',
    numerator='rows_of.performance', denominator='rows_of.everything', n_people='rows_of.n_people',
    parameters={'performance_classes': performance_classes, 'dwell_seconds': var('dwell_seconds'),
                'session_gap_minutes': var('session_gap_minutes'),
                'gap_cap_minutes': var('gap_cap_minutes')}
) }}
