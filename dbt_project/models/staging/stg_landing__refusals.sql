with

source as (

    select * from {{ source('landing', 'refusals') }}

)

select
    ---------- ids
    refusal_id,

    ---------- text
    table_name,
    source_name,
    input_name,
    column_name,
    rule_id,
    message,
    remedy,

    ---------- numbers
    fault_count,
    position,
    line_number,

    ---------- timestamps
    loaded_at

from source
