-- The activities that may be named in public: those of the catalogue, and those that enough people used.
-- A reply or a topic that only its author touched would tell who wrote what.
with

used as (

    select activity_key
    from {{ ref('fct_learning_events') }}
    where is_person and activity_key is not null
    group by activity_key
    having count(distinct learner_key) >= {{ var('minimum_cell') }}

)

select
    activities.activity_key,
    activities.activity_iri,
    activities.activity_title,
    activities.activity_type_code,
    activities.activity_type_name,
    activities.type_group,
    activities.programme_id,
    activities.programme_name,
    activities.owner_org_unit_key,
    activities.is_title_sent,
    activities.is_in_catalogue,
    activities.is_offering,
    activities.is_mandatory,
    activities.is_free,
    activities.published_date,
    activities.retired_date
from {{ ref('dim_activities') }} as activities
left join used on activities.activity_key = used.activity_key
where activities.is_in_catalogue or used.activity_key is not null
