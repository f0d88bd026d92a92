select
    cast(null as string) as component,
    cast(null as string) as component_title,
    cast(null as string) as metaphor,
    cast(null as string) as description,
    cast(null as int) as sort_order
from {{ ref('stg_landing__runs') }}
where false
