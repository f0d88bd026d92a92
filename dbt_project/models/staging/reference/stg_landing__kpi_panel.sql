with

in_force as (

    {{ batches_in_force('kpi_panel', is_log=true) }}

),

-- Of rows with one key the newest delivery stands.
source as (

    select
        landed.*,
        in_force.source_name as delivered_by,
        row_number() over (
            partition by
                in_force.source_name,
                landed.kpi_id,
                landed.subject_kind,
                landed.subject_id,
                landed.period_grain,
                landed.period_start
            order by landed.loaded_at desc, landed.batch_id asc
        ) as listing
    from {{ source('landing', 'kpi_panel') }} as landed
    inner join in_force
        on
            landed.batch_id = in_force.batch_id
            and landed.loaded_at = in_force.loaded_at

)

select
    ---------- ids
    delivered_by,
    kpi_id,
    subject_id,

    ---------- text
    subject_kind,
    period_grain,

    ---------- numbers
    value,
    numerator,
    denominator,

    ---------- dates
    period_start

from source
where listing = 1
