select
    cast(null as string) as org_unit_key,
    cast(null as string) as ancestor_key,
    cast(null as int) as distance
from {{ ref('stg_landing__runs') }}
where false
