with

source as (

    select * from {{ source('landing', 'rejected') }}

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
    source.position,

    ---------- text
    source.source_name,
    source.input_name,
    source.rule_ids,
    source.first_rule_id,

    ---------- numbers
    source.received_size,

    ---------- timestamps
    source.loaded_at

from source
inner join committed_batches
    on
        source.batch_id = committed_batches.batch_id
        and source.loaded_at = committed_batches.loaded_at
