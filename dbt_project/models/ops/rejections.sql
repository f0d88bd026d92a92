select
    cast(null as string) as source_name,
    cast(null as string) as rule_id,
    cast(null as string) as clause,
    cast(null as string) as message,
    cast(null as string) as first_input_name,
    cast(null as bigint) as rejected_count,
    cast(null as bigint) as first_position,
    cast(null as timestamp) as last_loaded_at
from {{ ref('stg_landing__runs') }}
where false
