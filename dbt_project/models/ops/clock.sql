select
    cast(null as string) as run_id,
    cast(null as string) as code_version,
    cast(null as timestamp) as as_of,
    cast(null as timestamp) as started_at
from {{ ref('stg_landing__runs') }}
where false
