with

events as (

    select
        statements.statement_id,
        statements.registration_id,
        statements.verb_code,
        statements.is_timed,
        statements.object_id,
        cast(statements.occurred_at as date) as occurred_date,
        actors.learner_key
    from {{ ref('int_statements_classified') }} as statements
    left join {{ ref('int_actors_resolved') }} as actors
        on
            -- a group registers for nothing; as an equality, else DuckDB joins by nested loop
            case when coalesce(statements.actor_type, 'Agent') <> 'Group' then statements.actor_ifi_kind end
            = actors.actor_ifi_kind
            and statements.actor_ifi_value = actors.actor_ifi_value

),

offered as (

    select
        tied.activity_iri,
        events.*
    from {{ ref('int_events_tied') }} as tied
    inner join events on tied.statement_id = events.statement_id
    where tied.is_offering

),

formal_registrations as (

    select distinct registration_id
    from offered
    where registration_id is not null

),

learner_registrations as (

    select
        learner_key,
        activity_iri,
        min(occurred_date) as registered_date
    from offered
    where verb_code = 'registered' and is_timed and object_id = activity_iri and learner_key is not null
    group by learner_key, activity_iri

)

-- D4: a registration tied to an offering. The statement carries it …
select events.statement_id
from events
inner join formal_registrations on events.registration_id = formal_registrations.registration_id

union

-- … or its learner has registered, by the end of that day, for the offering that it is on or under.
select offered.statement_id
from offered
inner join learner_registrations as registrations
    on
        offered.learner_key = registrations.learner_key
        and offered.activity_iri = registrations.activity_iri
where registrations.registered_date <= offered.occurred_date
