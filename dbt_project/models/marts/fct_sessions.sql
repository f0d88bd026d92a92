select
    ---------- ids
    session_key,
    learner_key,
    max(org_unit_key) as org_unit_key,

    ---------- numbers
    count(*) as event_count,
    cast(sum(event_seconds) as double) as active_seconds,
    cast(sum(event_seconds_low) as double) as active_seconds_low,
    cast(sum(event_seconds_high) as double) as active_seconds_high,

    ---------- timestamps
    min(occurred_at) as started_at,
    max(occurred_at) as ended_at
from {{ ref('fct_learning_events') }}
where session_key is not null
group by session_key, learner_key
