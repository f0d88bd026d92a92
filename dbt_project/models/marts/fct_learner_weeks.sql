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
        sum(event_seconds) as active_seconds,
        min(local_week) over (partition by learner_key) as first_week,
        min(local_week) over () as first_week_of_all
    from {{ ref('fct_learning_events') }}
    where is_person
    group by learner_key, local_week

),

-- Exposure starts with the employment, but not before the data; for others with the first event.
people as (

    select
        learners.learner_key,
        learners.org_unit_key,
        learners.is_resolved,
        coalesce(learners.hire_date, date '1900-01-01') as hire_date,
        coalesce(learners.leave_date, date '9999-12-31') as leave_date,
        min(activity.first_week) as first_active_week,
        greatest(
            coalesce(min(bounds.first_week), min(clock.last_week)),
            coalesce(cast(date_trunc('week', learners.hire_date) as date), date '1900-01-01')
        ) as first_employed_week,
        min(clock.last_week) as last_week,
        min(clock.as_of) as as_of
    from {{ ref('dim_learners') }} as learners
    cross join clock
    cross join (select min(first_week_of_all) as first_week from activity) as bounds
    left join activity on learners.learner_key = activity.learner_key
    where learners.is_resolved or not exists (select 1 from {{ ref('stg_landing__employees') }})
    group by
        learners.learner_key, learners.org_unit_key, learners.is_resolved, learners.hire_date, learners.leave_date

),

numbers as (

    {{ numbers_below(4) }}

),

weeks as (

    select
        people.*,
        date_add(people.first_week, 7 * numbers.n) as week_start,
        floor({{ days_between("date '1970-01-05'", 'people.first_week') }} / 7) + numbers.n as week_number
    from (
        select
            *,
            case
                when is_resolved then least(first_employed_week, coalesce(first_active_week, last_week))
                else first_active_week
            end as first_week
        from people
    ) as people
    inner join numbers on numbers.n <= {{ days_between('people.first_week', 'people.last_week') }} / 7

),

exposed as (

    select
        weeks.*,
        coalesce(activity.is_active, false) as is_active,
        coalesce(activity.active_seconds, 0) as active_seconds,
        greatest(weeks.hire_date, weeks.week_start) as first_day,
        least(weeks.leave_date, date_add(weeks.week_start, 4)) as last_day
    from weeks
    left join activity on weeks.learner_key = activity.learner_key and weeks.week_start = activity.week_start

),

remembered as (

    select
        *,
        max(case when is_active then week_number end) over earlier as last_active_week,
        min(case when is_active then week_start end) over (partition by learner_key) as cohort_week
    from exposed
    window earlier as (
        partition by learner_key order by week_number asc
        rows between unbounded preceding and 1 preceding
    )

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
    -- at least half of Monday to Friday (D1)
    not is_resolved or {{ days_between('first_day', 'last_day') }} + 1 >= 2.5 as is_exposed,
    is_active,
    date_add(week_start, 7) <= cast(as_of as date) as is_complete_week,
    cast(week_start as date) as week_start,
    cast(cohort_week as date) as cohort_week
from remembered
