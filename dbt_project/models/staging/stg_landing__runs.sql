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
    started_at,
    -- nights of before there was a cut took what they found
    coalesce(cut_at, timestamp '9999-12-31 00:00:00') as cut_at

from source
