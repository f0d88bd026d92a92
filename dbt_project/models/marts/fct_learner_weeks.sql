with

clock as (

    select
        max_by(as_of, started_at) as as_of,
        cast(date_trunc('week', max_by(as_of, started_at)) as date) as last_week
    from {{ ref('stg_landing__runs') }}

),

activity as (

    select
        learner_key,
        local_week as week_start,
        bool_or(is_meaningful) as is_active,
        sum(event_seconds) as active_seconds
    from {{ ref('fct_learning_events') }}
    where is_person
    group by learner_key, local_week

),

first_weeks as (

    select
        learner_key,
        min(week_start) as first_week
    from activity
    group by learner_key

),

-- Exposure starts with the employment, but not before the data; for others with the first event.
people as (

    select
        learners.learner_key,
        learners.org_unit_key,
        learners.is_resolved,
        coalesce(learners.hire_date, date '1900-01-01') as hire_date,
        coalesce(learners.leave_date, date '9999-12-31') as leave_date,
        case
            when learners.is_resolved then least(
                coalesce(first_weeks.first_week, clock.last_week),
                greatest(
                    coalesce(bounds.first_week, clock.last_week),
                    coalesce(cast(date_trunc('week', learners.hire_date) as date), date '1900-01-01')
                )
            )
            else first_weeks.first_week
        end as first_week
    from {{ ref('dim_learners') }} as learners
    left join first_weeks on learners.learner_key = first_weeks.learner_key
    cross join clock
    cross join (select min(week_start) as first_week from activity) as bounds
    where learners.is_resolved or not exists (select 1 from {{ ref('stg_landing__employees') }})

),

weeks as (

    select
        people.*,
        clock.as_of,
        date_add(people.first_week, 7 * numbers.n) as week_start
    from people
    cross join clock
    inner join ({{ numbers_below(4) }}) as numbers
        on numbers.n <= {{ dbt.datediff('people.first_week', 'clock.last_week', 'day') }} / 7

),

exposed as (

    select
        weeks.*,
        coalesce(activity.is_active, false) as is_active,
        coalesce(activity.active_seconds, 0) as active_seconds,
        -- at least half of Monday to Friday (D1)
        not weeks.is_resolved
        or {{ dbt.datediff(
            'greatest(weeks.hire_date, weeks.week_start)',
            'least(weeks.leave_date, date_add(weeks.week_start, 4))', 'day'
        ) }} + 1 >= 2.5 as is_exposed,
        {{ dbt.datediff("date '1970-01-05'", 'weeks.week_start', 'day') }} / 7 as week_number
    from weeks
    left join activity
        on
            weeks.learner_key = activity.learner_key
            and weeks.week_start = activity.week_start

),

remembered as (

    select
        *,
        max(case when is_active then week_number end) over (
            partition by learner_key
            order by week_number asc
            rows between unbounded preceding and 1 preceding
        ) as last_active_week,
        min(case when is_active then week_start end) over (partition by learner_key) as cohort_week
    from exposed

)

select
    learner_key,
    org_unit_key,
    case
        when is_active and last_active_week is null then 'new'
        when is_active and week_number - last_active_week = 1 then 'current'
        when is_active and week_number - last_active_week <= 4 then 'reactivated'
        when is_active then 'resurrected'
        when last_active_week is null then 'never'
        when week_number - last_active_week <= 4 then 'at_risk'
        else 'dormant'
    end as state,
    cast(week_number as int) as week_number,
    cast(active_seconds as double) as active_seconds,
    is_exposed,
    is_active,
    date_add(week_start, 7) <= cast(as_of as date) as is_complete_week,
    cast(week_start as date) as week_start,
    cast(cohort_week as date) as cohort_week
from remembered
