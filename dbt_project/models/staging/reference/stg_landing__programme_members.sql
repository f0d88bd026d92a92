with

in_force as (

    {{ batches_in_force('programme_members', is_log=false) }}

),

-- Of rows with one key the newest delivery stands.
source as (

    select
        landed.*,
        in_force.source_name as delivered_by,
        row_number() over (
            partition by
                landed.programme_id,
                landed.employee_id
            order by landed.loaded_at desc, landed.batch_id asc
        ) as listing
    from {{ source('landing', 'programme_members') }} as landed
    inner join in_force
        on
            landed.batch_id = in_force.batch_id
            and landed.loaded_at = in_force.loaded_at

)

select
    ---------- ids
    delivered_by,
    programme_id,
    employee_id,
    cluster_id,

    ---------- text
    arm,
    assigned_by,

    ---------- numbers
    propensity,

    ---------- dates
    eligible_date,
    treat_date

from source
where listing = 1
