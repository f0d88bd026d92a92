with

in_force as (

    {{ batches_in_force('programmes', is_log=false) }}

),

-- Of rows with one key the newest delivery stands.
source as (

    select
        landed.*,
        in_force.source_name as delivered_by,
        row_number() over (
            partition by landed.programme_id
            order by landed.loaded_at desc, landed.batch_id asc
        ) as listing
    from {{ source('landing', 'programmes') }} as landed
    inner join in_force
        on
            landed.batch_id = in_force.batch_id
            and landed.loaded_at = in_force.loaded_at

)

select
    ---------- ids
    delivered_by,
    programme_id,
    sponsor_employee_id,
    owner_employee_id,
    target_kpi_id,
    target_metric_id,

    ---------- text
    programme_name,
    component,
    business_goal,
    design,
    population,
    currency_code,

    ---------- numbers
    baseline_value,
    target_value,
    planned_people_count,
    planned_cost_amount,
    price_year,

    ---------- dates
    target_date,
    launch_date,
    end_date,

    ---------- timestamps
    plan_recorded_at

from source
where listing = 1
