select
    cast(null as string) as activity_key,
    cast(null as string) as activity_iri,
    cast(null as string) as activity_title,
    cast(null as string) as activity_type_code,
    cast(null as string) as activity_type_name,
    cast(null as string) as type_group,
    cast(null as string) as programme_id,
    cast(null as string) as programme_name,
    cast(null as string) as owner_org_unit_key,
    cast(null as boolean) as is_in_catalogue,
    cast(null as boolean) as is_offering,
    cast(null as boolean) as is_mandatory,
    cast(null as boolean) as is_free,
    cast(null as date) as published_date,
    cast(null as date) as retired_date
from {{ ref('stg_landing__runs') }}
where false
