select
    cast(null as string) as statement_id,
    cast(null as string) as learner_key,
    cast(null as string) as org_unit_key,
    cast(null as string) as space_name,
    cast(null as boolean) as is_announcement,
    cast(null as boolean) as is_due,
    cast(null as boolean) as has_reply_in_time,
    cast(null as date) as local_month,
    cast(null as date) as reply_due_date,
    cast(null as timestamp) as posted_at,
    cast(null as timestamp) as first_reply_at
from {{ ref('stg_landing__runs') }}
where false
