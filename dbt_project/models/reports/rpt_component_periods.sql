-- The five components of a unit in a period: meaningful events (D2) of persons, small cells hidden.
{% set keys = ['component', 'period_grain', 'period_start'] %}

with

learner_periods as (
    {% for grain in ['week', 'month', 'quarter'] %}

        select
            learner_key,
            org_unit_key,
            component,
            '{{ grain }}' as period_grain,
            local_{{ grain }} as period_start,
            {{ period_end(grain, 'local_' ~ grain) }} as period_end,
            sum(active_seconds) as active_seconds,
            sum(case when mode = 'formal' then active_seconds else 0 end) as formal_seconds,
            sum(case when mode = 'social' then active_seconds else 0 end) as social_seconds,
            sum(case when mode = 'experiential' then active_seconds else 0 end) as experiential_seconds,
            max(case when mode <> 'unknown' then 1 else 0 end) as is_mode_known,
            sum(event_count) as event_count
        from {{ ref('met_learner_days') }}
        group by learner_key, org_unit_key, component, local_{{ grain }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

unit_periods as (

    select
        ancestors.ancestor_key as org_unit_key,
        periods.component,
        periods.period_grain,
        periods.period_start,
        periods.period_end,
        sum(periods.active_seconds) as active_seconds,
        sum(periods.formal_seconds) as formal_seconds,
        sum(periods.social_seconds) as social_seconds,
        sum(periods.experiential_seconds) as experiential_seconds,
        max(periods.is_mode_known) = 1 as is_mode_known,
        sum(periods.event_count) as event_count,
        count(distinct periods.learner_key) as n_people
    from learner_periods as periods
    inner join {{ ref('brg_org_unit_ancestors') }} as ancestors
        on periods.org_unit_key = ancestors.org_unit_key
    group by
        ancestors.ancestor_key, periods.component, periods.period_grain, periods.period_start,
        periods.period_end

),

cells as (

    select
        periods.*,
        units.org_unit_name,
        units.parent_org_unit_key,
        components.component_title,
        periods.active_seconds / nullif(sum(periods.active_seconds) over (
            partition by periods.org_unit_key, periods.period_grain, periods.period_start
        ), 0) as active_seconds_share,
        {{ is_provisional('periods.period_end') }} as is_provisional,
        true as is_people_metric,
        {{ var('minimum_cell') }} as minimum_cell,
        clock.as_of
    from unit_periods as periods
    inner join {{ ref('dim_org_units') }} as units on periods.org_unit_key = units.org_unit_key
    inner join {{ ref('dim_components') }} as components on periods.component = components.component
    cross join {{ ref('met_clock') }} as clock

),

{{ small_cells('cells', keys, [['period_grain', 'period_start']]) }}

select
    org_unit_key,
    component,
    org_unit_name,
    component_title,
    period_grain,
    {% for seconds in ['active_seconds', 'active_seconds_share'] %}
        case when not is_suppressed then round(cast({{ seconds }} as double), 9) end as {{ seconds }},
    {% endfor %}
    {% for seconds in ['formal_seconds', 'social_seconds', 'experiential_seconds'] %}
        case when not is_suppressed and is_mode_known then round(cast({{ seconds }} as double), 9) end
            as {{ seconds }},
    {% endfor %}
    case when not is_suppressed then cast(event_count as bigint) end as event_count,
    case when not is_suppressed then n_people end as learner_count,
    is_suppressed,
    is_provisional,
    period_start,
    as_of
from cells_settled
