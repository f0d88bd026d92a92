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
    -- nights of before there was a cut took what had landed when they started
    coalesce(cut_at, started_at) as cut_at

from source
