-- The parts of met_component_parts with what is hidden of them. All in one place, since each adds up to
-- another: what is hidden here is hidden in every report, and in the metrics of minutes.
{% set series = ['component', 'breakdown', 'part_key'] %}
{% set period = ['period_grain', 'period_start'] %}

with

-- the furthest end of the weeks and months before: where it lies before the start, a new island begins
reached as (

    select
        parts.*,
        units.parent_org_unit_key,
        max(parts.period_end) over (
            partition by
                parts.org_unit_key, parts.component, parts.breakdown, parts.part_key,
                parts.period_grain = 'quarter'
            order by parts.period_start, parts.period_end
            rows between unbounded preceding and 1 preceding
        ) as reached_date
    from {{ ref('met_component_parts') }} as parts
    inner join {{ ref('dim_org_units') }} as units on parts.org_unit_key = units.org_unit_key

),

cells as (

    select
        reached.*,
        -- weeks and months that overlap in one chain add up to the same: an island
        sum(
            case
                when reached.period_grain <> 'quarter' and reached.reached_date >= reached.period_start then 0
                else 1
            end
        ) over (
            partition by
                reached.org_unit_key, reached.component, reached.breakdown, reached.part_key,
                reached.period_grain = 'quarter'
            order by reached.period_start, reached.period_end
            rows between unbounded preceding and current row
        ) as island,
        cast({{ dbt.date_trunc('quarter', 'reached.period_start') }} as date) as quarter_start,
        true as is_people_metric,
        coalesce(sizes.is_suppressed, false) as is_hidden_above,
        {{ var('minimum_cell') }} as minimum_cell
    from reached
    left join {{ ref('met_unit_periods') }} as sizes
        on
            reached.org_unit_key = sizes.org_unit_key
            and reached.period_grain = sizes.period_grain
            and reached.period_start = sizes.period_start

),

{{ small_cells('cells', series + period, [
    {'by': period, 'member': "breakdown in ('total', 'component')", 'total': "breakdown = 'total'"},
    {'by': ['component'] + period, 'member': "breakdown in ('component', 'verb')",
     'total': "breakdown = 'component'"},
    {'by': ['component'] + period, 'member': "breakdown in ('component', 'activity')",
     'total': "breakdown = 'component'"},
    {'by': series + ['quarter_start'], 'member': "period_grain in ('month', 'quarter')",
     'total': "period_grain = 'quarter'"},
    {'by': series + ['island'], 'member': "period_grain in ('week', 'month')",
     'total': "period_grain = 'month'"},
], closing={'by': ['component', 'breakdown', 'quarter_start'], 'member': "breakdown in ('verb', 'activity')"}, rounds=7) }}

select
    org_unit_key,
    component,
    breakdown,
    part_key,
    period_grain,
    verb_class,
    n_people,
    event_count,
    active_seconds,
    formal_seconds,
    social_seconds,
    experiential_seconds,
    is_mode_known,
    is_suppressed,
    period_start,
    period_end
from cells_settled
