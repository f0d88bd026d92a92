-- X01: a minute has exactly one mode, so the modes of the company add up to every minute with a mode.
with

by_mode as (

    select
        period_start,
        sum(numerator) as minutes
    from {{ ref('met_mode_mix') }}
    where org_unit_key = 'company' and segment_dimension = 'all'
    group by period_start

),

all_minutes as (

    select
        local_month as period_start,
        sum(active_seconds) / 60 as minutes
    from {{ ref('met_learner_days') }}
    where mode <> 'unknown'
    group by local_month
    having sum(active_seconds) > 0

)

select
    all_minutes.period_start,
    all_minutes.minutes,
    by_mode.minutes as minutes_by_mode
from all_minutes
left join by_mode on all_minutes.period_start = by_mode.period_start
where by_mode.minutes is null or abs(all_minutes.minutes - by_mode.minutes) > 0.000001 * all_minutes.minutes
