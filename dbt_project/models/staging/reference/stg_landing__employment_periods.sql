with

in_force as (

    {{ batches_in_force('employment_periods', is_log=false) }}

),

-- Of rows with one key the newest delivery stands.
source as (

    select
        landed.*,
        in_force.source_name as delivered_by,
        row_number() over (
            partition by
                landed.employee_id,
                landed.valid_from
            order by landed.loaded_at desc, landed.batch_id asc
        ) as listing
    from {{ source('landing', 'employment_periods') }} as landed
    inner join in_force
        on
            landed.batch_id = in_force.batch_id
            and landed.loaded_at = in_force.loaded_at

)

select
    ---------- ids
    delivered_by,
    employee_id,
    org_unit_id,
    manager_employee_id,
    role_id,

    ---------- text
    role_family,
    location,

    ---------- booleans
    is_frontline,

    ---------- dates
    valid_from,
    valid_to

from source
where listing = 1
