with

in_force as (

    {{ batches_in_force('support_tickets', is_log=true) }}

),

-- Of rows with one key the newest delivery stands.
source as (

    select
        landed.*,
        in_force.source_name as delivered_by,
        row_number() over (
            partition by
                in_force.source_name,
                landed.ticket_id
            order by landed.loaded_at desc, landed.batch_id asc
        ) as listing
    from {{ source('landing', 'support_tickets') }} as landed
    inner join in_force
        on
            landed.batch_id = in_force.batch_id
            and landed.loaded_at = in_force.loaded_at

)

select
    ---------- ids
    delivered_by,
    ticket_id,
    org_unit_id,

    ---------- text
    platform,
    topic,
    requester_role,
    severity,

    ---------- timestamps
    opened_at,
    closed_at

from source
where listing = 1
