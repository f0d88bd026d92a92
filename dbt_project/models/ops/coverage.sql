select
    cast(null as string) as source_name,
    cast(null as string) as coverage,
    cast(null as bigint) as received_count,
    cast(null as bigint) as expected_count,
    cast(null as date) as received_date
from {{ ref('stg_landing__runs') }}
where false
