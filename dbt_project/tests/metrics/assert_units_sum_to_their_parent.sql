-- Additive figures: a unit's minutes are those of its sub-units and of the people directly in it.
with

node_minutes as (

    select
        mix.org_unit_key,
        units.parent_org_unit_key,
        mix.period_start,
        sum(mix.numerator) as minutes
    from {{ ref('met_mode_mix') }} as mix
    inner join {{ ref('dim_org_units') }} as units on mix.org_unit_key = units.org_unit_key
    where mix.segment_dimension = 'all'
    group by mix.org_unit_key, units.parent_org_unit_key, mix.period_start

),

parts as (

    select
        parent_org_unit_key as org_unit_key,
        period_start,
        minutes
    from node_minutes
    where parent_org_unit_key is not null

    union all

    select
        org_unit_key,
        local_month as period_start,
        sum(active_seconds) / 60 as minutes
    from {{ ref('met_learner_days') }}
    where mode <> 'unknown'
    group by org_unit_key, local_month

),

sums as (

    select
        org_unit_key,
        period_start,
        sum(minutes) as minutes
    from parts
    group by org_unit_key, period_start

)

select
    node_minutes.org_unit_key,
    node_minutes.period_start,
    node_minutes.minutes,
    sums.minutes as minutes_of_parts
from node_minutes
left join sums
    on node_minutes.org_unit_key = sums.org_unit_key and node_minutes.period_start = sums.period_start
where sums.minutes is null or abs(node_minutes.minutes - sums.minutes) > 0.000001 * node_minutes.minutes
