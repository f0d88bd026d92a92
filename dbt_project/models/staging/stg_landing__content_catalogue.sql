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
    author_employee_id,

    ---------- text
    title,
    activity_type_iri,
    programme_name,
    provenance,
    language_code,
    licence,
    vendor_name,
    content_kind,
    training_category,
    delivery_mode,
    assessment_use,

    ---------- numbers
    design_length_seconds,
    review_interval_days,
    mastery_score,

    ---------- booleans
    coalesce(is_offering, false) as is_offering,
    is_mandatory,
    is_free,
    is_synchronous,
    is_interactive,

    ---------- dates
    published_date,
    retired_date,
    reviewed_date,
    approved_date

from source
where listing = 1
