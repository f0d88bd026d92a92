-- The newest run is the clock; nothing in the warehouse asks what time it is now.
with

clock as (

    select max_by(as_of, started_at) as as_of
    from {{ ref('stg_landing__runs') }}

),

-- The slowest source; a clock that is ahead makes statements early, which settles nothing sooner.
lateness as (

    select round(greatest(0, coalesce(max(lateness_p95_seconds), 0))) as lateness_seconds
    from {{ ref('fct_event_times') }}

),

people as (

    select count(*) filter (where is_resolved) > 0 as has_employees
    from {{ ref('dim_learners') }}

),

rules as (

    select max(cast(rule_version as string)) as rule_version
    from {{ ref('ref_component_rules') }}

)

select
    rules.rule_version,
    lateness.lateness_seconds,
    people.has_employees,
    clock.as_of,
    cast(
        {{ dbt.dateadd('second', 'cast(-lateness.lateness_seconds as int)', 'clock.as_of') }} as timestamp
    ) as settled_until
from clock
cross join lateness
cross join people
cross join rules
where clock.as_of is not null
