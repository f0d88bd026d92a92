with

headcount as (

    select count(*) > 0 as is_landed
    from {{ ref('stg_landing__employees') }}

),

events as (

    select
        statements.*,
        timed.learner_key,
        timed.session_key,
        timed.event_seconds,
        timed.event_seconds_low,
        timed.event_seconds_high,
        timed.is_duration_reported,
        placed.component,
        placed.mode,
        placed.rule_id,
        placed.is_in_path,
        coalesce(learners.org_unit_key, 'company') as org_unit_key,
        coalesce(learners.is_resolved, false) as is_resolved,
        -- while no employees have landed every single actor counts as a person
        learners.learner_key is not null and (learners.is_resolved or not headcount.is_landed) as is_person,
        {{ to_local(
            'statements.occurred_at', "coalesce(learners.time_zone, '" ~ var('default_time_zone') ~ "')"
        ) }} as local_at
    from {{ ref('int_statements_classified') }} as statements
    inner join {{ ref('int_events_timed') }} as timed on statements.statement_id = timed.statement_id
    inner join {{ ref('int_events_placed') }} as placed on statements.statement_id = placed.statement_id
    left join {{ ref('dim_learners') }} as learners on timed.learner_key = learners.learner_key
    cross join headcount

)

select
    ---------- ids
    statement_id,
    learner_key,
    org_unit_key,
    case when object_type = 'Activity' then {{ surrogate_key(['object_id']) }} end as activity_key,
    -- what it is about whatever that is, so that replies to two statements are two
    case
        when object_type = 'Activity' and object_id is not null then {{ surrogate_key(['object_id']) }}
        else {{ surrogate_key(['coalesce(object_type, \'\')', 'coalesce(object_id, statement_id)']) }}
    end as object_key,
    session_key,
    registration_id,

    ---------- text
    source_name,
    verb_code,
    verb_class,
    activity_type_code,
    component,
    mode,
    case
        when verb_code in ('answered', 'commented', 'asked', 'responded', 'replied', 'posted', 'attempted')
            then 'interactive'
        when verb_code in ('experienced', 'watched', 'read', 'viewed', 'listened') then 'one_way'
    end as interactivity,
    rule_id,

    ---------- numbers
    event_seconds,
    event_seconds_low,
    event_seconds_high,

    ---------- booleans
    is_duration_reported,
    -- D2: a person, a time of its own, and a verb class that is learning
    is_person and is_timed and case
        when verb_class in ('admin', 'unmapped') then false
        when verb_class = 'consume' then event_seconds >= {{ var('dwell_seconds') }}
        when verb_class = 'seek' then is_seek_successful
        else true
    end as is_meaningful,
    is_resolved,
    is_person,
    is_in_path,
    is_unmapped_verb,
    is_unmapped_type,
    is_timed,

    ---------- dates
    cast(local_at as date) as local_date,
    cast(date_trunc('week', local_at) as date) as local_week,
    cast(date_trunc('month', local_at) as date) as local_month,
    cast(date_trunc('quarter', local_at) as date) as local_quarter,

    ---------- timestamps
    occurred_at,
    stored_at,
    loaded_at
from events
