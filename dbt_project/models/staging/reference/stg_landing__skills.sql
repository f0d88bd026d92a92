with

in_force as (

    {{ batches_in_force('skills', is_log=false) }}

),

-- Of rows with one key the newest delivery stands.
source as (

    select
        landed.*,
        in_force.source_name as delivered_by,
        row_number() over (
            partition by landed.skill_id
            order by landed.loaded_at desc, landed.batch_id asc
        ) as listing
    from {{ source('landing', 'skills') }} as landed
    inner join in_force
        on
            landed.batch_id = in_force.batch_id
            and landed.loaded_at = in_force.loaded_at

)

select
    ---------- ids
    delivered_by,
    skill_id,
    parent_skill_id,

    ---------- text
    skill_name,

    ---------- numbers
    level_count,
    evidence_valid_days,

    ---------- booleans
    is_priority

from source
where listing = 1
