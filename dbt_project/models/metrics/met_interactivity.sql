-- X07: interactive among interactive and one-way events, each person × activity × day counted once a
-- kind, since event counts depend on how chatty a client is.
with

events_once_a_day as (

    select distinct
        learner_key,
        org_unit_key,
        local_month,
        local_date,
        object_key,
        interactivity
    from {{ ref('fct_learning_events') }}
    where is_meaningful and is_person and interactivity is not null

),

learner_months as (

    select
        learner_key,
        org_unit_key,
        local_month,
        sum(case when interactivity = 'interactive' then 1 else 0 end) as interactive_count,
        count(*) as all_count
    from events_once_a_day
    group by learner_key, org_unit_key, local_month

),

unit_months as (

    select
        ancestors.ancestor_key as org_unit_key,
        months.local_month,
        sum(months.interactive_count) as interactive_count,
        sum(months.all_count) as all_count,
        count(distinct months.learner_key) as n_people
    from learner_months as months
    inner join {{ ref('brg_org_unit_ancestors') }} as ancestors
        on months.org_unit_key = ancestors.org_unit_key
    group by ancestors.ancestor_key, months.local_month

)

{{ metric_rows(
    'X07', 'unit_months', 'month', 'local_month', value='rows_of.interactive_count / rows_of.all_count',
    numerator='rows_of.interactive_count', denominator='rows_of.all_count', n_people='rows_of.n_people',
    parameters={'dwell_seconds': var('dwell_seconds')}
) }}
