with

in_force as (

    {{ batches_in_force('content_versions', is_log=true) }}

),

-- Of rows with one key the newest delivery stands.
source as (

    select
        landed.*,
        in_force.source_name as delivered_by,
        row_number() over (
            partition by
                in_force.source_name,
                landed.activity_iri,
                landed.version_label
            order by landed.loaded_at desc, landed.batch_id asc
        ) as listing
    from {{ source('landing', 'content_versions') }} as landed
    inner join in_force
        on
            landed.batch_id = in_force.batch_id
            and landed.loaded_at = in_force.loaded_at

)

select
    ---------- ids
    delivered_by,
    activity_iri,
    editor_employee_id,

    ---------- text
    version_label,

    ---------- numbers
    changed_share,

    ---------- timestamps
    drafted_at,
    published_at,
    reviewed_at

from source
where listing = 1
