with

in_force as (

    {{ batches_in_force('targets', is_log=false) }}

),

-- Of rows with one key the newest delivery stands.
source as (

    select
        landed.*,
        in_force.source_name as delivered_by,
        row_number() over (
            partition by
                landed.metric_id,
                landed.measure,
                landed.subject_key,
                landed.org_unit_id,
                landed.kind,
                landed.period_start
            order by landed.loaded_at desc, landed.batch_id asc
        ) as listing
    from {{ source('landing', 'targets') }} as landed
    inner join in_force
        on
            landed.batch_id = in_force.batch_id
            and landed.loaded_at = in_force.loaded_at

)

select
    ---------- ids
    delivered_by,
    metric_id,
    org_unit_id,

    ---------- text
    measure,
    subject_key,
    kind,

    ---------- numbers
    target_value,

    ---------- dates
    period_start,
    period_end,
    set_date

from source
where listing = 1
