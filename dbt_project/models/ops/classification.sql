with

placed as (

    select
        rule_id,
        count(*) as event_count
    from {{ ref('fct_learning_events') }}
    group by rule_id

)

select
    ---------- ids
    rules.rule_id,

    ---------- text
    rules.component,
    rules.rule_version,
    rules.note,

    ---------- numbers
    coalesce(placed.event_count, 0) as event_count,
    cast(coalesce(placed.event_count, 0) as double)
    / nullif(sum(placed.event_count) over (), 0) as event_share
from {{ ref('ref_component_rules') }} as rules
left join placed on rules.rule_id = placed.rule_id
