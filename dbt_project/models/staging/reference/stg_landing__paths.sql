with

in_force as (

    {{ batches_in_force('paths', is_log=false) }}

),

-- Of rows with one key the newest delivery stands.
source as (

    select
        landed.*,
        in_force.source_name as delivered_by,
        row_number() over (
            partition by landed.path_id
            order by landed.loaded_at desc, landed.batch_id asc
        ) as listing
    from {{ source('landing', 'paths') }} as landed
    inner join in_force
        on
            landed.batch_id = in_force.batch_id
            and landed.loaded_at = in_force.loaded_at

)

select
    ---------- ids
    delivered_by,
    path_id,
    activity_iri,
    skill_id,
    programme_id,
    owner_org_unit_id,

    ---------- text
    path_name,

    ---------- numbers
    target_level,

    ---------- dates
    published_date,
    retired_date

from source
where listing = 1
