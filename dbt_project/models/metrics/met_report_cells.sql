-- What the reports show: met_component_cells, but of a unit that is too small in the period
-- (met_unit_periods) the rows that the company has, emptied. They are the same whether or not anybody in
-- the unit learned. Its hidden verbs and activities are one row.
with

too_small as (

    select *
    from {{ ref('met_unit_periods') }}
    where is_suppressed and org_unit_key <> 'company'

)

select
    cells.org_unit_key,
    cells.component,
    cells.breakdown,
    cells.part_key,
    cells.period_grain,
    cells.verb_class,
    cells.n_people,
    cells.event_count,
    cells.active_seconds,
    cells.formal_seconds,
    cells.social_seconds,
    cells.experiential_seconds,
    cells.is_mode_known,
    cells.is_suppressed,
    cells.period_start,
    cells.period_end
from {{ ref('met_component_cells') }} as cells
left join too_small
    on
        cells.org_unit_key = too_small.org_unit_key
        and cells.period_grain = too_small.period_grain
        and cells.period_start = too_small.period_start
where too_small.org_unit_key is null

union all

select distinct
    too_small.org_unit_key,
    cells.component,
    cells.breakdown,
    case when cells.breakdown in ('verb', 'activity') then 'hidden' else cells.part_key end as part_key,
    cells.period_grain,
    cast(null as {{ dbt.type_string() }}) as verb_class,
    {% for column in ['n_people', 'event_count'] %}
        cast(null as bigint) as {{ column }},
    {% endfor %}
    {% for mode in ['active', 'formal', 'social', 'experiential'] %}
        cast(null as double) as {{ mode }}_seconds,
    {% endfor %}
    cast(null as boolean) as is_mode_known,
    true as is_suppressed,
    cells.period_start,
    cells.period_end
from {{ ref('met_component_cells') }} as cells
inner join too_small
    on cells.period_grain = too_small.period_grain and cells.period_start = too_small.period_start
where cells.org_unit_key = 'company'
