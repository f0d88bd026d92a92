-- The five components of a unit in a period: meaningful events (D2) of persons, small cells hidden.
with

cells as (

    select
        parts.*,
        totals.active_seconds as all_seconds,
        totals.is_suppressed as is_total_suppressed
    from {{ ref('met_report_cells') }} as parts
    inner join {{ ref('met_report_cells') }} as totals
        on
            parts.org_unit_key = totals.org_unit_key
            and parts.period_grain = totals.period_grain
            and parts.period_start = totals.period_start
    where parts.breakdown = 'component' and totals.breakdown = 'total'

)

select
    cells.org_unit_key,
    cells.component,
    units.org_unit_name,
    components.component_title,
    cells.period_grain,
    case when not cells.is_suppressed then cells.active_seconds end as active_seconds,
    -- a share beside its seconds tells the total
    case
        when not cells.is_suppressed and not cells.is_total_suppressed
            then round(cells.active_seconds / nullif(cells.all_seconds, 0), 9)
    end as active_seconds_share,
    {% for seconds in ['formal_seconds', 'social_seconds', 'experiential_seconds'] %}
        case when not cells.is_suppressed and cells.is_mode_known then cells.{{ seconds }} end
            as {{ seconds }},
    {% endfor %}
    case when not cells.is_suppressed then cells.event_count end as event_count,
    case when not cells.is_suppressed then cells.n_people end as learner_count,
    cells.is_suppressed,
    {{ is_provisional('cells.period_end') }} as is_provisional,
    cells.period_start,
    clock.as_of
from cells
inner join {{ ref('dim_org_units') }} as units on cells.org_unit_key = units.org_unit_key
inner join {{ ref('dim_components') }} as components on cells.component = components.component
cross join {{ ref('met_clock') }} as clock
