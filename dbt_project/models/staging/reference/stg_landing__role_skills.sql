with

in_force as (

    {{ batches_in_force('role_skills', is_log=false) }}

),

-- Of rows with one key the newest delivery stands.
source as (

    select
        landed.*,
        in_force.source_name as delivered_by,
        row_number() over (
            partition by
                landed.role_id,
                landed.skill_id,
                landed.valid_from
            order by landed.loaded_at desc, landed.batch_id asc
        ) as listing
    from {{ source('landing', 'role_skills') }} as landed
    inner join in_force
        on
            landed.batch_id = in_force.batch_id
            and landed.loaded_at = in_force.loaded_at

)

select
    ---------- ids
    delivered_by,
    role_id,
    skill_id,

    ---------- numbers
    required_level,
    weight,

    ---------- dates
    valid_from,
    valid_to

from source
where listing = 1
