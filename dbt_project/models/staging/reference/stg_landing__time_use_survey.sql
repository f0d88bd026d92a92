with

in_force as (

    {{ batches_in_force('time_use_survey', is_log=true) }}

),

-- Of rows with one key the newest delivery stands.
source as (

    select
        landed.*,
        in_force.source_name as delivered_by,
        row_number() over (
            partition by
                in_force.source_name,
                landed.response_id
            order by landed.loaded_at desc, landed.batch_id asc
        ) as listing
    from {{ source('landing', 'time_use_survey') }} as landed
    inner join in_force
        on
            landed.batch_id = in_force.batch_id
            and landed.loaded_at = in_force.loaded_at

)

select
    ---------- ids
    delivered_by,
    response_id,
    employee_id,
    org_unit_id,

    ---------- text
    role_family,

    ---------- numbers
    formal_minutes,
    social_minutes,
    experiential_minutes,
    weight,

    ---------- dates
    week_start

from source
where listing = 1
