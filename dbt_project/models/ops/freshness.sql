with

loaded as (

    select
        source_name,
        max(loaded_at) as last_loaded_at,
        max(last_occurred_at) as last_occurred_at
    from {{ ref('stg_landing__batches') }}
    -- settling the quarantine brings nothing new from the source
    where table_name <> 'resolutions' and replayed_count = 0
    group by source_name

),

aged as (

    select
        *,
        -- a run for a past as_of sees batches of its own future: they are 0 hours old
        greatest(0, {{ seconds_between('last_loaded_at', as_of()) }} / 3600.0) as hours_since_loaded
    from loaded

)

select
    source_name,
    cast(hours_since_loaded as double) as hours_since_loaded,
    coalesce(hours_since_loaded > {{ var('stale_hours') }}, false) as is_stale,
    last_loaded_at,
    last_occurred_at
from aged
