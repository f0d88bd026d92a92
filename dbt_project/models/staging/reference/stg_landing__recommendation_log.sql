with

in_force as (

    {{ batches_in_force('recommendation_log', is_log=true) }}

),

-- Of rows with one key the newest delivery stands.
source as (

    select
        landed.*,
        in_force.source_name as delivered_by,
        row_number() over (
            partition by
                in_force.source_name,
                landed.impression_id
            order by landed.loaded_at desc, landed.batch_id asc
        ) as listing
    from {{ source('landing', 'recommendation_log') }} as landed
    inner join in_force
        on
            landed.batch_id = in_force.batch_id
            and landed.loaded_at = in_force.loaded_at

)

select
    ---------- ids
    delivered_by,
    impression_id,
    employee_id,
    activity_iri,
    path_id,
    skill_id,

    ---------- text
    surface,
    model_version,

    ---------- numbers
    rank,

    ---------- booleans
    is_holdout,

    ---------- timestamps
    shown_at,
    opened_at

from source
where listing = 1
