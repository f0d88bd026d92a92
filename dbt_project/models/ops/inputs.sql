select
    cast(null as string) as table_name,
    cast(null as bigint) as row_count,
    cast(null as boolean) as is_available,
    cast(null as timestamp) as last_loaded_at
from {{ ref('stg_landing__runs') }}
where false
