with

resolutions as (

    select
        *,
        row_number() over (
            partition by rejected_batch_id, rejected_position
            order by sequence desc
        ) as recency
    from {{ ref('stg_landing__resolutions') }}

)

select
    ---------- ids
    rejected.batch_id,
    rejected.position,

    ---------- text
    rejected.source_name,
    rejected.input_name,
    coalesce(rejected.first_rule_id, 'unknown') as rule_id,
    case
        when resolutions.action in ('replayed', 'discarded') then resolutions.action
        else 'open'
    end as quarantine_state,

    ---------- timestamps
    rejected.loaded_at,
    case
        when resolutions.action in ('replayed', 'discarded') then resolutions.loaded_at
    end as settled_at
from {{ ref('stg_landing__rejected') }} as rejected
left join resolutions
    on
        rejected.batch_id = resolutions.rejected_batch_id
        and rejected.position = resolutions.rejected_position
        and resolutions.recency = 1
