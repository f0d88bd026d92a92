-- no second is lost or doubled between events and sessions
with

events as (

    select coalesce(sum(event_seconds), 0) as seconds
    from {{ ref('fct_learning_events') }}
    where session_key is not null

),

sessions as (

    select coalesce(sum(active_seconds), 0) as seconds
    from {{ ref('fct_sessions') }}

)

select
    events.seconds as event_seconds,
    sessions.seconds as session_seconds
from events
cross join sessions
where abs(events.seconds - sessions.seconds) > 0.001 * (1 + events.seconds / 1000)
