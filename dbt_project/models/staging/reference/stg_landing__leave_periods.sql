with

in_force as (

    {{ batches_in_force('leave_periods', is_log=false) }}

),

-- Of rows with one key the newest delivery stands.
source as (

    select
        landed.*,
        in_force.source_name as delivered_by,
        row_number() over (
            partition by
                landed.employee_id,
                landed.start_date
            order by landed.loaded_at desc, landed.batch_id asc
        ) as listing
    from {{ source('landing', 'leave_periods') }} as landed
    inner join in_force
        on
            landed.batch_id = in_force.batch_id
            and landed.loaded_at = in_force.loaded_at

)

select
    ---------- ids
    delivered_by,
    employee_id,

    ---------- dates
    start_date,
    end_date

from source
where listing = 1
