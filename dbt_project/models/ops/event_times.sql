select
    source_name,
    stated_count,
    future_count,
    too_early_count,
    late_count,
    lateness_p50_seconds / 3600 as lateness_p50_hours,
    lateness_p95_seconds / 3600 as lateness_p95_hours,
    first_occurred_at,
    last_occurred_at
from {{ ref('fct_event_times') }}
