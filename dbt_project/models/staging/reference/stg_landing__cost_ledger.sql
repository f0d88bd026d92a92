with

in_force as (

    {{ batches_in_force('cost_ledger', is_log=true) }}

),

-- Of rows with one key the newest delivery stands.
source as (

    select
        landed.*,
        in_force.source_name as delivered_by,
        row_number() over (
            partition by
                in_force.source_name,
                landed.cost_line_id
            order by landed.loaded_at desc, landed.batch_id asc
        ) as listing
    from {{ source('landing', 'cost_ledger') }} as landed
    inner join in_force
        on
            landed.batch_id = in_force.batch_id
            and landed.loaded_at = in_force.loaded_at

)

select
    ---------- ids
    delivered_by,
    cost_line_id,
    programme_id,
    activity_iri,
    org_unit_id,

    ---------- text
    kind,
    category,
    origin,
    currency_code,
    supplier_name,

    ---------- numbers
    cost_amount,
    price_year,
    prorate_share,

    ---------- booleans
    is_direct_iso,

    ---------- dates
    incurred_date

from source
where listing = 1
