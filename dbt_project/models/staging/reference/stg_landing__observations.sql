with

in_force as (

    {{ batches_in_force('observations', is_log=true) }}

),

-- Of rows with one key the newest delivery stands.
source as (

    select
        landed.*,
        in_force.source_name as delivered_by,
        row_number() over (
            partition by
                in_force.source_name,
                landed.observation_id
            order by landed.loaded_at desc, landed.batch_id asc
        ) as listing
    from {{ source('landing', 'observations') }} as landed
    inner join in_force
        on
            landed.batch_id = in_force.batch_id
            and landed.loaded_at = in_force.loaded_at

)

select
    ---------- ids
    delivered_by,
    observation_id,
    employee_id,
    observer_employee_id,
    skill_id,
    performance_id,
    task_id,
    programme_id,
    activity_iri,

    ---------- text
    prompt_level,

    ---------- numbers
    rating,

    ---------- booleans
    is_competent,

    ---------- timestamps
    observed_at

from source
where listing = 1
