with

in_force as (

    {{ batches_in_force('kpis', is_log=false) }}

),

-- Of rows with one key the newest delivery stands.
source as (

    select
        landed.*,
        in_force.source_name as delivered_by,
        row_number() over (
            partition by landed.kpi_id
            order by landed.loaded_at desc, landed.batch_id asc
        ) as listing
    from {{ source('landing', 'kpis') }} as landed
    inner join in_force
        on
            landed.batch_id = in_force.batch_id
            and landed.loaded_at = in_force.loaded_at

)

select
    ---------- ids
    delivered_by,
    kpi_id,

    ---------- text
    kpi_name,
    unit,
    good_direction,
    aggregation,

    ---------- booleans
    is_guardrail

from source
where listing = 1
