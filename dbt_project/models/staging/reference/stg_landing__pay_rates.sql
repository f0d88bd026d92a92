with

in_force as (

    {{ batches_in_force('pay_rates', is_log=false) }}

),

-- Of rows with one key the newest delivery stands.
source as (

    select
        landed.*,
        in_force.source_name as delivered_by,
        row_number() over (
            partition by
                landed.role_family,
                landed.country_code,
                landed.valid_from
            order by landed.loaded_at desc, landed.batch_id asc
        ) as listing
    from {{ source('landing', 'pay_rates') }} as landed
    inner join in_force
        on
            landed.batch_id = in_force.batch_id
            and landed.loaded_at = in_force.loaded_at

)

select
    ---------- ids
    delivered_by,

    ---------- text
    role_family,
    country_code,
    currency_code,

    ---------- numbers
    loaded_hourly_amount,
    annual_pay_amount,
    price_year,

    ---------- dates
    valid_from,
    valid_to

from source
where listing = 1
