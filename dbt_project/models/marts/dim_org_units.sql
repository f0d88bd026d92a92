select
    ---------- ids
    org_unit_key,

    ---------- text
    org_unit_name,
    parent_org_unit_key,
    sort_path,

    ---------- numbers
    depth,

    ---------- booleans
    org_unit_key = 'company' as is_root
from {{ ref('int_org_units_nested') }}
