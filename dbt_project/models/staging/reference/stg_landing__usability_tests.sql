with

in_force as (

    {{ batches_in_force('usability_tests', is_log=true) }}

),

-- Of rows with one key the newest delivery stands.
source as (

    select
        landed.*,
        in_force.source_name as delivered_by,
        row_number() over (
            partition by
                in_force.source_name,
                landed.trial_id
            order by landed.loaded_at desc, landed.batch_id asc
        ) as listing
    from {{ source('landing', 'usability_tests') }} as landed
    inner join in_force
        on
            landed.batch_id = in_force.batch_id
            and landed.loaded_at = in_force.loaded_at

)

select
    ---------- ids
    delivered_by,
    trial_id,

    ---------- text
    release,
    tester_role,
    task,

    ---------- numbers
    duration_seconds,

    ---------- booleans
    is_success,

    ---------- dates
    tested_date

from source
where listing = 1
