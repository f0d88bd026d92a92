with

in_force as (

    {{ batches_in_force('path_steps', is_log=false) }}

),

-- Of rows with one key the newest delivery stands.
source as (

    select
        landed.*,
        in_force.source_name as delivered_by,
        row_number() over (
            partition by
                landed.path_id,
                landed.step_number,
                landed.activity_iri
            order by landed.loaded_at desc, landed.batch_id asc
        ) as listing
    from {{ source('landing', 'path_steps') }} as landed
    inner join in_force
        on
            landed.batch_id = in_force.batch_id
            and landed.loaded_at = in_force.loaded_at

)

select
    ---------- ids
    delivered_by,
    path_id,
    activity_iri,

    ---------- numbers
    step_number,

    ---------- booleans
    is_required

from source
where listing = 1
