with

latest as (

    {{ latest_batch('org_units') }}

),

source as (

    select
        org_units.*,
        row_number() over (
            partition by org_units.org_unit_id
            order by org_units.parent_org_unit_id asc, org_units.org_unit_name asc
        ) as listing
    from {{ source('landing', 'org_units') }} as org_units
    inner join latest
        on
            org_units.batch_id = latest.batch_id
            and org_units.loaded_at = latest.loaded_at

)

select
    ---------- ids
    org_unit_id,
    nullif(parent_org_unit_id, org_unit_id) as parent_org_unit_id,

    ---------- text
    coalesce(org_unit_name, org_unit_id) as org_unit_name,
    org_unit_kind,
    cost_centre_id

from source
where listing = 1
