select
    cast(null as string) as source_name,
    cast(null as bigint) as delivered_count,
    cast(null as bigint) as unique_count,
    cast(null as bigint) as duplicate_count,
    cast(null as bigint) as conflict_count,
    cast(null as bigint) as voided_count,
    cast(null as bigint) as repeated_count,
    cast(null as bigint) as unmapped_count,
    cast(null as bigint) as resolved_count,
    cast(null as bigint) as duration_count,
    cast(null as bigint) as implausible_duration_count,
    cast(null as bigint) as lateness_count,
    cast(null as double) as lateness_p50_seconds,
    cast(null as double) as lateness_p95_seconds,
    cast(null as date) as received_date
from {{ ref('stg_landing__runs') }}
where false
