with

in_force as (

    {{ snapshots_in_force('content_catalogue') }}

),

source as (

    select
        catalogue.*,
        row_number() over (
            partition by catalogue.activity_iri
            order by
                coalesce(catalogue.retired_date, date '9999-12-31') desc,
                in_force.loaded_at desc,
                catalogue.title asc
        ) as listing
    from {{ source('landing', 'content_catalogue') }} as catalogue
    inner join in_force
        on
            catalogue.batch_id = in_force.batch_id
            and catalogue.loaded_at = in_force.loaded_at

)

select
    ---------- ids
    activity_iri,
    programme_id,
    owner_org_unit_id,

    ---------- text
    title,
    activity_type_iri,
    programme_name,
    provenance,

    ---------- numbers
    design_length_seconds,

    ---------- booleans
    coalesce(is_offering, false) as is_offering,
    is_mandatory,
    is_free,

    ---------- dates
    published_date,
    retired_date,
    reviewed_date

from source
where listing = 1
