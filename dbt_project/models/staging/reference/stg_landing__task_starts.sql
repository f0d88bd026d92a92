with

in_force as (

    {{ batches_in_force('task_starts', is_log=true) }}

),

-- Of rows with one key the newest delivery stands.
source as (

    select
        landed.*,
        in_force.source_name as delivered_by,
        row_number() over (
            partition by
                in_force.source_name,
                landed.task_start_id
            order by landed.loaded_at desc, landed.batch_id asc
        ) as listing
    from {{ source('landing', 'task_starts') }} as landed
    inner join in_force
        on
            landed.batch_id = in_force.batch_id
            and landed.loaded_at = in_force.loaded_at

)

select
    ---------- ids
    delivered_by,
    task_start_id,
    employee_id,
    task_id,
    role_id,

    ---------- numbers
    work_hours,

    ---------- timestamps
    started_at,
    ended_at

from source
where listing = 1
