with

in_force as (

    {{ batches_in_force('working_days', is_log=true) }}

),

-- Of rows with one key the newest delivery stands.
source as (

    select
        landed.*,
        in_force.source_name as delivered_by,
        row_number() over (
            partition by
                in_force.source_name,
                landed.calendar_id,
                landed.calendar_date
            order by landed.loaded_at desc, landed.batch_id asc
        ) as listing
    from {{ source('landing', 'working_days') }} as landed
    inner join in_force
        on
            landed.batch_id = in_force.batch_id
            and landed.loaded_at = in_force.loaded_at

)

select
    ---------- ids
    delivered_by,
    calendar_id,

    ---------- text
    work_start_time,
    work_end_time,

    ---------- numbers
    working_hours,

    ---------- booleans
    is_working_day,

    ---------- dates
    calendar_date

from source
where listing = 1
