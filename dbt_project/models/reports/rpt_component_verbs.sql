-- How people take part in a component: its verbs in a period. What is hidden is one row without a name: the
-- row of a verb would tell that somebody here did it.
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
    cells.event_count,
    cells.n_people as learner_count,
    cells.is_suppressed,
    cells.period_start
from {{ ref('met_report_cells') }} as cells
left join verbs on cells.part_key = verbs.verb_code
where cells.breakdown = 'verb' and not cells.is_suppressed

union all

select distinct
    org_unit_key,
    component,
    period_grain,
    'hidden' as verb_code,
    cast(null as {{ dbt.type_string() }}) as verb_name,
    cast(null as {{ dbt.type_string() }}) as verb_class,
    cast(null as bigint) as event_count,
    cast(null as bigint) as learner_count,
    true as is_suppressed,
    period_start
from {{ ref('met_report_cells') }}
where breakdown = 'verb' and is_suppressed
