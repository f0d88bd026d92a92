with

in_force as (

    {{ batches_in_force('expected_counts', is_log=true) }}

),

-- Of rows with one key the newest delivery stands.
source as (

    select
        landed.*,
        in_force.source_name as delivered_by,
        row_number() over (
            partition by
                in_force.source_name,
                landed.source_name,
                landed.count_date
            order by landed.loaded_at desc, landed.batch_id asc
        ) as listing
    from {{ source('landing', 'expected_counts') }} as landed
    inner join in_force
        on
            landed.batch_id = in_force.batch_id
            and landed.loaded_at = in_force.loaded_at

)

select
    ---------- ids
    delivered_by,

    ---------- text
    source_name,
    count_basis,

    ---------- numbers
    expected_count,

    ---------- dates
    count_date,

    ---------- timestamps
    counted_at

from source
where listing = 1
