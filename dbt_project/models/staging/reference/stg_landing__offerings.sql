with

in_force as (

    {{ batches_in_force('offerings', is_log=false) }}

),

-- Of rows with one key the newest delivery stands.
source as (

    select
        landed.*,
        in_force.source_name as delivered_by,
        row_number() over (
            partition by landed.offering_id
            order by landed.loaded_at desc, landed.batch_id asc
        ) as listing
    from {{ source('landing', 'offerings') }} as landed
    inner join in_force
        on
            landed.batch_id = in_force.batch_id
            and landed.loaded_at = in_force.loaded_at

)

select
    ---------- ids
    delivered_by,
    offering_id,
    activity_iri,
    programme_id,
    instructor_employee_id,
    org_unit_id,

    ---------- text
    title,
    status,
    delivery_mode,
    location,

    ---------- numbers
    planned_duration_days,
    seat_count,

    ---------- booleans
    is_synchronous,
    is_interactive,

    ---------- dates
    open_date,
    close_date,

    ---------- timestamps
    starts_at,
    ends_at

from source
where listing = 1
