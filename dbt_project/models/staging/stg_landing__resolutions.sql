with

source as (

    select * from {{ source('landing', 'resolutions') }}

),

committed_batches as (

    select
        batch_id,
        loaded_at
    from {{ ref('stg_landing__batches') }}

)

select
    ---------- ids
    source.batch_id,
    source.rejected_batch_id,
    source.rejected_position,
    source.sequence,

    ---------- text
    source.source_name,
    source.action,

    ---------- timestamps
    source.loaded_at

from source
inner join committed_batches
    on
        source.batch_id = committed_batches.batch_id
        and source.loaded_at = committed_batches.loaded_at
