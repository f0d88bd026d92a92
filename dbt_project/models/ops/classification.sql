select
    cast(null as string) as rule_id,
    cast(null as string) as component,
    cast(null as string) as rule_version,
    cast(null as string) as note,
    cast(null as bigint) as event_count,
    cast(null as double) as event_share
from {{ ref('stg_landing__runs') }}
where false
