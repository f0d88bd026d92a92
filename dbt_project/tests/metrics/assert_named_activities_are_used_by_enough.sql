-- An activity that is named in public stands in the catalogue, or enough persons used it.
with

named as (

    select activity_key
    from {{ ref('dim_shared_activities') }}

    union

    select activity_key
    from {{ ref('rpt_component_activities') }}
    where activity_key <> 'hidden'

),

users as (

    select
        activity_key,
        count(distinct case when is_person then learner_key end) as person_count
    from {{ ref('fct_learning_events') }}
    group by activity_key

)

select
    named.activity_key,
    users.person_count
from named
left join {{ ref('dim_activities') }} as activities on named.activity_key = activities.activity_key
left join users on named.activity_key = users.activity_key
where
    not coalesce(activities.is_in_catalogue, false)
    and coalesce(users.person_count, 0) < {{ var('minimum_cell') }}
