with

activity as (

    select
        learner_key,
        local_week as week_start,
        bool_or(is_meaningful) as is_active,
        sum(event_seconds) as active_seconds
    from {{ ref('fct_learning_events') }}
    where is_person and is_timed
    group by learner_key, local_week

),

bounds as (

    select
        cast(date_trunc('week', {{ as_of() }}) as date) as last_week,
        min(week_start) as first_week
    from activity

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
        bounds.last_week,
        coalesce(learners.hire_date, date '1900-01-01') as hire_date,
        coalesce(learners.leave_date, date '9999-12-31') as leave_date,
        case
            when not learners.is_resolved then first_weeks.first_week
            else least(
                coalesce(first_weeks.first_week, bounds.last_week),
                greatest(
                    coalesce(bounds.first_week, bounds.last_week),
                    cast(date_trunc('week', learners.hire_date) as date)
                )
            )
        end as first_week
    from {{ ref('dim_learners') }} as learners
    cross join bounds
    left join first_weeks on learners.learner_key = first_weeks.learner_key
    where learners.is_resolved or not exists (select 1 from {{ ref('stg_landing__employees') }})

),

numbers as (

    {{ numbers_below(4) }}

),

weeks as (

    select
        people.*,
        date_add(people.first_week, 7 * numbers.n) as week_start,
        floor({{ days_between("date '1970-01-05'", 'people.first_week') }} / 7) + numbers.n as week_number
    from people
    inner join numbers on numbers.n <= {{ days_between('people.first_week', 'people.last_week') }} / 7

),

remembered as (

    select
        weeks.*,
        activity.active_seconds,
        coalesce(activity.is_active, false) as is_active,
        max(case when activity.is_active then weeks.week_number end) over earlier as last_active_week,
        min(case when activity.is_active then weeks.week_start end) over person as cohort_week
    from weeks
    left join activity on weeks.learner_key = activity.learner_key and weeks.week_start = activity.week_start
    window
        person as (partition by weeks.learner_key),
        earlier as (person order by weeks.week_number asc rows between unbounded preceding and 1 preceding)

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
    cast(coalesce(active_seconds, 0) as double) as active_seconds,
    -- at least half of Monday to Friday (D1)
    not is_resolved
    or {{ days_between(
        'greatest(hire_date, week_start)', 'least(leave_date, date_add(week_start, 4))'
    ) }} + 1 >= 2.5 as is_exposed,
    is_active,
    -- the last second of Sunday is the end of the week: so `--as-of` with a date says it
    date_add(week_start, 7) <= cast({{ as_of() }} + interval 1 second as date) as is_complete_week,
    cast(week_start as date) as week_start,
    cast(cohort_week as date) as cohort_week
from remembered
