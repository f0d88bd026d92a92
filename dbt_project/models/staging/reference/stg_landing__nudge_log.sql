with

in_force as (

    {{ batches_in_force('nudge_log', is_log=true) }}

),

-- Of rows with one key the newest delivery stands.
source as (

    select
        landed.*,
        in_force.source_name as delivered_by,
        row_number() over (
            partition by
                in_force.source_name,
                landed.nudge_id
            order by landed.loaded_at desc, landed.batch_id asc
        ) as listing
    from {{ source('landing', 'nudge_log') }} as landed
    inner join in_force
        on
            landed.batch_id = in_force.batch_id
            and landed.loaded_at = in_force.loaded_at

)

select
    ---------- ids
    delivered_by,
    nudge_id,
    campaign_id,
    employee_id,
    activity_iri,

    ---------- text
    channel,

    ---------- booleans
    is_holdout,

    ---------- timestamps
    sent_at,
    opened_at

from source
where listing = 1
