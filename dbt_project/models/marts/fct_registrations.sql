select
    cast(null as string) as learner_key,
    cast(null as string) as org_unit_key,
    cast(null as string) as activity_key,
    cast(null as string) as programme_id,
    cast(null as string) as programme_name,
    cast(null as boolean) as is_person,
    cast(null as date) as local_month,
    cast(null as timestamp) as registered_at
from {{ ref('stg_landing__runs') }}
where false
