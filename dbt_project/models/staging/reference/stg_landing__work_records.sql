with

in_force as (

    {{ batches_in_force('work_records', is_log=true) }}

),

-- Of rows with one key the newest delivery stands.
source as (

    select
        landed.*,
        in_force.source_name as delivered_by,
        row_number() over (
            partition by
                in_force.source_name,
                landed.work_record_id
            order by landed.loaded_at desc, landed.batch_id asc
        ) as listing
    from {{ source('landing', 'work_records') }} as landed
    inner join in_force
        on
            landed.batch_id = in_force.batch_id
            and landed.loaded_at = in_force.loaded_at

)

select
    ---------- ids
    delivered_by,
    work_record_id,
    employee_id,
    skill_id,
    programme_id,
    org_unit_id,

    ---------- text
    kind,
    reference,

    ---------- booleans
    has_result,

    ---------- timestamps
    occurred_at

from source
where listing = 1
