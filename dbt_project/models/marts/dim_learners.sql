select
    cast(null as string) as learner_key,
    cast(null as string) as org_unit_key,
    cast(null as string) as identity_method,
    cast(null as string) as role_family,
    cast(null as string) as location,
    cast(null as string) as time_zone,
    cast(null as boolean) as is_resolved,
    cast(null as boolean) as is_frontline,
    cast(null as date) as hire_date,
    cast(null as date) as leave_date
from {{ ref('stg_landing__runs') }}
where false
