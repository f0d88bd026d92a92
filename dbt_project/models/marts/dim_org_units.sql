select
    cast(null as string) as org_unit_key,
    cast(null as string) as org_unit_name,
    cast(null as string) as parent_org_unit_key,
    cast(null as string) as sort_path,
    cast(null as int) as depth,
    cast(null as boolean) as is_root
from {{ ref('stg_landing__runs') }}
where false
