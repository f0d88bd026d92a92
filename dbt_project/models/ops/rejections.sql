with

rejected as (

    select
        *,
        row_number() over (
            partition by source_name, first_rule_id
            order by loaded_at asc, batch_id asc, position asc
        ) as occurrence
    from {{ ref('stg_landing__rejected') }}

)

select
    ---------- ids
    source_name,
    coalesce(first_rule_id, 'unknown') as rule_id,

    ---------- text
    max(case when occurrence = 1 then {{ json_first_text('problems_json', 'clause') }} end) as clause,
    max(case when occurrence = 1 then {{ json_first_text('problems_json', 'message') }} end) as message,
    max(case when occurrence = 1 then input_name end) as first_input_name,

    ---------- numbers
    count(*) as rejected_count,
    max(case when occurrence = 1 then position end) as first_position,

    ---------- timestamps
    max(loaded_at) as last_loaded_at
from rejected
group by source_name, coalesce(first_rule_id, 'unknown')
