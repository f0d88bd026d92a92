select
    cast(null as string) as source_name,
    cast(null as bigint) as read_count,
    cast(null as bigint) as accepted_count,
    cast(null as bigint) as rejected_count,
    cast(null as bigint) as unique_count,
    cast(null as bigint) as duplicate_count,
    cast(null as bigint) as conflict_count,
    cast(null as bigint) as voided_count
from {{ ref('stg_landing__runs') }}
where false
