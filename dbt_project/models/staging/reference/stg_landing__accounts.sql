with

in_force as (

    {{ batches_in_force('accounts', is_log=false) }}

),

-- Of rows with one key the newest delivery stands.
source as (

    select
        landed.*,
        in_force.source_name as delivered_by,
        row_number() over (
            partition by
                landed.identifier_kind,
                landed.identifier_value,
                landed.account_home_page,
                landed.valid_from
            order by landed.loaded_at desc, landed.batch_id asc
        ) as listing
    from {{ source('landing', 'accounts') }} as landed
    inner join in_force
        on
            landed.batch_id = in_force.batch_id
            and landed.loaded_at = in_force.loaded_at

)

select
    ---------- ids
    delivered_by,
    employee_id,

    ---------- text
    identifier_kind,
    identifier_value,
    account_home_page,

    ---------- booleans
    is_shared,

    ---------- dates
    valid_from,
    valid_to

from source
where listing = 1
