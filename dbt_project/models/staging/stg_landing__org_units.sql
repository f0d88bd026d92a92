with

in_force as (

    {{ snapshots_in_force('org_units') }}

),

source as (

    select
        org_units.*,
        row_number() over (
            partition by org_units.org_unit_id
            order by
                in_force.loaded_at desc,
                org_units.parent_org_unit_id asc,
                org_units.org_unit_name asc
        ) as listing
    from {{ source('landing', 'org_units') }} as org_units
    inner join in_force
        on
            org_units.batch_id = in_force.batch_id
            and org_units.loaded_at = in_force.loaded_at

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
