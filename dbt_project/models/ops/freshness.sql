select
    cast(null as string) as source_name,
    cast(null as double) as hours_since_loaded,
    cast(null as boolean) as is_stale,
    cast(null as timestamp) as last_loaded_at,
    cast(null as timestamp) as last_occurred_at
from {{ ref('stg_landing__runs') }}
where false
