with

in_force as (

    {{ batches_in_force('exchange_rates', is_log=false) }}

),

-- Of rows with one key the newest delivery stands.
source as (

    select
        landed.*,
        in_force.source_name as delivered_by,
        row_number() over (
            partition by
                landed.currency_code,
                landed.reporting_currency_code,
                landed.valid_from
            order by landed.loaded_at desc, landed.batch_id asc
        ) as listing
    from {{ source('landing', 'exchange_rates') }} as landed
    inner join in_force
        on
            landed.batch_id = in_force.batch_id
            and landed.loaded_at = in_force.loaded_at

)

select
    ---------- ids
    delivered_by,

    ---------- text
    currency_code,
    reporting_currency_code,

    ---------- numbers
    rate,

    ---------- dates
    valid_from,
    valid_to

from source
where listing = 1
