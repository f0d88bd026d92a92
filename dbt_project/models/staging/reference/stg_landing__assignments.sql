with

in_force as (

    {{ batches_in_force('assignments', is_log=true) }}

),

-- Of rows with one key the newest delivery stands.
source as (

    select
        landed.*,
        in_force.source_name as delivered_by,
        row_number() over (
            partition by
                in_force.source_name,
                landed.assignment_id
            order by landed.loaded_at desc, landed.batch_id asc
        ) as listing
    from {{ source('landing', 'assignments') }} as landed
    inner join in_force
        on
            landed.batch_id = in_force.batch_id
            and landed.loaded_at = in_force.loaded_at

)

select
    ---------- ids
    delivered_by,
    assignment_id,
    employee_id,
    activity_iri,
    path_id,
    programme_id,

    ---------- text
    assigned_by,
    status,

    ---------- booleans
    is_mandatory,
    is_retake,

    ---------- dates
    assigned_date,
    due_date,
    closed_date

from source
where listing = 1
