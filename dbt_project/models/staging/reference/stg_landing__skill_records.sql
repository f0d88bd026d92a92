with

in_force as (

    {{ batches_in_force('skill_records', is_log=true) }}

),

-- Of rows with one key the newest delivery stands.
source as (

    select
        landed.*,
        in_force.source_name as delivered_by,
        row_number() over (
            partition by
                in_force.source_name,
                landed.skill_record_id
            order by landed.loaded_at desc, landed.batch_id asc
        ) as listing
    from {{ source('landing', 'skill_records') }} as landed
    inner join in_force
        on
            landed.batch_id = in_force.batch_id
            and landed.loaded_at = in_force.loaded_at

)

select
    ---------- ids
    delivered_by,
    skill_record_id,
    employee_id,
    skill_id,
    assessor_employee_id,

    ---------- text
    method,

    ---------- numbers
    level,

    ---------- dates
    assessed_date

from source
where listing = 1
