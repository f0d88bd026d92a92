select
    cast(null as string) as batch_id,
    cast(null as string) as table_name,
    cast(null as string) as source_name,
    cast(null as string) as input_name,
    cast(null as string) as rules_version,
    cast(null as string) as tilth_version,
    cast(null as bigint) as input_bytes,
    cast(null as bigint) as read_count,
    cast(null as bigint) as accepted_count,
    cast(null as bigint) as rejected_count,
    cast(null as double) as ingest_seconds,
    cast(null as timestamp) as first_occurred_at,
    cast(null as timestamp) as last_occurred_at,
    cast(null as timestamp) as loaded_at
from {{ ref('stg_landing__runs') }}
where false
