with

newest as (

    select
        *,
        row_number() over (order by started_at desc, run_id asc) as recency
    from {{ ref('stg_landing__runs') }}

)

select
    run_id,
    code_version,
    as_of,
    started_at
from newest
where recency = 1
