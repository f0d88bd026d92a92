select
    cast(null as string) as learner_key,
    cast(null as string) as org_unit_key,
    cast(null as string) as state,
    cast(null as int) as week_number,
    cast(null as double) as active_seconds,
    cast(null as boolean) as is_exposed,
    cast(null as boolean) as is_active,
    cast(null as boolean) as is_complete_week,
    cast(null as date) as week_start,
    cast(null as date) as cohort_week
from {{ ref('stg_landing__runs') }}
where false
