with

in_force as (

    {{ batches_in_force('compliance_requirements', is_log=false) }}

),

-- Of rows with one key the newest delivery stands.
source as (

    select
        landed.*,
        in_force.source_name as delivered_by,
        row_number() over (
            partition by
                landed.requirement_id,
                landed.scope_kind,
                landed.scope_value,
                landed.valid_from
            order by landed.loaded_at desc, landed.batch_id asc
        ) as listing
    from {{ source('landing', 'compliance_requirements') }} as landed
    inner join in_force
        on
            landed.batch_id = in_force.batch_id
            and landed.loaded_at = in_force.loaded_at

)

select
    ---------- ids
    delivered_by,
    requirement_id,
    activity_iri,

    ---------- text
    requirement_name,
    scope_kind,
    scope_value,
    legal_basis,

    ---------- numbers
    valid_days,
    grace_days,

    ---------- dates
    valid_from,
    valid_to

from source
where listing = 1
