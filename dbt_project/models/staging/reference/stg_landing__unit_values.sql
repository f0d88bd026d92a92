with

in_force as (

    {{ batches_in_force('unit_values', is_log=false) }}

),

-- Of rows with one key the newest delivery stands.
source as (

    select
        landed.*,
        in_force.source_name as delivered_by,
        row_number() over (
            partition by
                landed.kpi_id,
                landed.valid_from
            order by landed.loaded_at desc, landed.batch_id asc
        ) as listing
    from {{ source('landing', 'unit_values') }} as landed
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
    value_grain,
    currency_code,
    signed_off_by,
    basis,

    ---------- numbers
    unit_value_amount,
    low_value_amount,
    high_value_amount,
    price_year,

    ---------- dates
    valid_from,
    valid_to,
    signed_off_date

from source
where listing = 1
