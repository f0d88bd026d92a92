select
    cast(null as string) as session_key,
    cast(null as string) as learner_key,
    cast(null as string) as org_unit_key,
    cast(null as bigint) as event_count,
    cast(null as double) as active_seconds,
    cast(null as double) as active_seconds_low,
    cast(null as double) as active_seconds_high,
    cast(null as timestamp) as started_at,
    cast(null as timestamp) as ended_at
from {{ ref('stg_landing__runs') }}
where false
