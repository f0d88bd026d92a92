-- X01: share of observed learning minutes by mode, of the unit and within each component.
with

learner_months as (

    select
        learner_key,
        org_unit_key,
        local_month,
        'all' as segment_dimension,
        'all' as segment_value,
        mode,
        sum(active_seconds) as active_seconds
    from {{ ref('met_learner_days') }}
    where mode <> 'unknown'
    group by learner_key, org_unit_key, local_month, mode

    union all

    select
        learner_key,
        org_unit_key,
        local_month,
        'component' as segment_dimension,
        component as segment_value,
        mode,
        sum(active_seconds) as active_seconds
    from {{ ref('met_learner_days') }}
    where mode <> 'unknown'
    group by learner_key, org_unit_key, local_month, component, mode

),

modes as (

    select 'formal' as measure
    union all
    select 'social' as measure
    union all
    select 'experiential' as measure

),

unit_months as (

    select
        ancestors.ancestor_key as org_unit_key,
        months.local_month,
        months.segment_dimension,
        months.segment_value,
        sum(case when months.mode = 'formal' then months.active_seconds else 0 end) / 60 as formal_minutes,
        sum(case when months.mode = 'social' then months.active_seconds else 0 end) / 60 as social_minutes,
        sum(case when months.mode = 'experiential' then months.active_seconds else 0 end) / 60
            as experiential_minutes,
        sum(months.active_seconds) / 60 as all_minutes,
        count(distinct months.learner_key) as n_people
    from learner_months as months
    inner join {{ ref('brg_org_unit_ancestors') }} as ancestors
        on months.org_unit_key = ancestors.org_unit_key
    group by
        ancestors.ancestor_key, months.local_month, months.segment_dimension, months.segment_value
    having sum(months.active_seconds) > 0

),

minutes_by_mode as (

    select
        units.*,
        modes.measure,
        case modes.measure
            when 'formal' then units.formal_minutes
            when 'social' then units.social_minutes
            else units.experiential_minutes
        end as mode_minutes
    from unit_months as units
    cross join modes

)

{{ metric_rows(
    'X01', 'minutes_by_mode', 'month', 'local_month', measure='rows_of.measure',
    value='rows_of.mode_minutes / rows_of.all_minutes',
    numerator='rows_of.mode_minutes', denominator='rows_of.all_minutes',
    n_people='rows_of.n_people',
    segment=['rows_of.segment_dimension', 'rows_of.segment_value'],
    parameters={'dwell_seconds': var('dwell_seconds'), 'session_gap_minutes': var('session_gap_minutes'),
                'gap_cap_minutes': var('gap_cap_minutes')}
) }}
