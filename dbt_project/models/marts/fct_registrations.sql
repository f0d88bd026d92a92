with

registrations as (

    select
        *,
        row_number() over (
            partition by learner_key, activity_key
            order by occurred_at asc, statement_id asc
        ) as registration
    from {{ ref('fct_learning_events') }}
    -- without a time of its own a registration would count on the day it was received
    where verb_code = 'registered' and is_timed and learner_key is not null and activity_key is not null

)

select
    ---------- ids
    registrations.learner_key,
    registrations.org_unit_key,
    registrations.activity_key,
    activities.programme_id,

    ---------- text
    activities.programme_name,

    ---------- booleans
    registrations.is_person,

    ---------- dates and timestamps
    registrations.local_month,
    registrations.occurred_at as registered_at
from registrations
inner join {{ ref('dim_activities') }} as activities on registrations.activity_key = activities.activity_key
where registrations.registration = 1
