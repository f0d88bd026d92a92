-- How people take part in a component: its verbs in a period; small cells hidden.
with

verbs as (

    select
        verb_code,
        min(verb_name) as verb_name
    from {{ ref('ref_verbs') }}
    group by verb_code

)

select
    cells.org_unit_key,
    cells.component,
    cells.period_grain,
    cells.part_key as verb_code,
    coalesce(verbs.verb_name, cells.part_key) as verb_name,
    cells.verb_class,
    case when not cells.is_suppressed then cells.event_count end as event_count,
    case when not cells.is_suppressed then cells.n_people end as learner_count,
    cells.is_suppressed,
    cells.period_start
from {{ ref('met_component_cells') }} as cells
left join verbs on cells.part_key = verbs.verb_code
where cells.breakdown = 'verb'
