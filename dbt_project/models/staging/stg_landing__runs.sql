with

source as (

    select * from {{ source('landing', 'runs') }}

)

select
    ---------- ids
    run_id,

    ---------- text
    code_version,

    ---------- timestamps
    as_of,
    started_at

from source
