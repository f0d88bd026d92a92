with

in_force as (

    {{ batches_in_force('hiring', is_log=false) }}

),

-- Of rows with one key the newest delivery stands.
source as (

    select
        landed.*,
        in_force.source_name as delivered_by,
        row_number() over (
            partition by landed.requisition_id
            order by landed.loaded_at desc, landed.batch_id asc
        ) as listing
    from {{ source('landing', 'hiring') }} as landed
    inner join in_force
        on
            landed.batch_id = in_force.batch_id
            and landed.loaded_at = in_force.loaded_at

)

select
    ---------- ids
    delivered_by,
    requisition_id,
    role_id,
    org_unit_id,
    skill_id,
    employee_id,

    ---------- text
    filled_how,
    currency_code,
    status,

    ---------- numbers
    hiring_cost_amount,
    ramp_cost_amount,
    price_year,
    applicant_count,

    ---------- booleans
    is_skill_critical,

    ---------- dates
    opened_date,
    filled_date,
    start_date

from source
where listing = 1
