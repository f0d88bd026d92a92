-- What people do in a component: its activities in a period, the most used first; small cells hidden
-- and unranked. At most `shown` of a unit, component and period.
{% set keys = ['component', 'period_grain', 'period_start', 'activity_key'] %}
{% set shown = 20 %}

with

learner_periods as (
    {% for grain in ['month', 'quarter'] %}

        select
            learner_key,
            org_unit_key,
            component,
            activity_key,
            '{{ grain }}' as period_grain,
            local_{{ grain }} as period_start,
            sum(event_seconds) as active_seconds,
            count(*) as event_count
        from {{ ref('fct_learning_events') }}
        where is_meaningful and is_person and activity_key is not null
        group by learner_key, org_unit_key, component, activity_key, local_{{ grain }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

cells as (

    select
        ancestors.ancestor_key as org_unit_key,
        max(units.parent_org_unit_key) as parent_org_unit_key,
        periods.component,
        periods.period_grain,
        periods.period_start,
        periods.activity_key,
        sum(periods.active_seconds) as active_seconds,
        sum(periods.event_count) as event_count,
        count(distinct periods.learner_key) as n_people,
        true as is_people_metric,
        {{ var('minimum_cell') }} as minimum_cell
    from learner_periods as periods
    inner join {{ ref('brg_org_unit_ancestors') }} as ancestors
        on periods.org_unit_key = ancestors.org_unit_key
    inner join {{ ref('dim_org_units') }} as units on ancestors.ancestor_key = units.org_unit_key
    group by
        ancestors.ancestor_key, periods.component, periods.period_grain, periods.period_start,
        periods.activity_key

),

{{ small_cells('cells', keys, [['component', 'period_grain', 'period_start']]) }},

ranked as (

    select
        *,
        row_number() over (
            partition by org_unit_key, component, period_grain, period_start
            order by
                is_suppressed asc,
                case when not is_suppressed then event_count end desc nulls last,
                activity_key
        ) as place
    from cells_settled

)

select
    ranked.org_unit_key,
    ranked.component,
    ranked.activity_key,
    activities.activity_title,
    activities.activity_type_name,
    ranked.period_grain,
    case when not ranked.is_suppressed then round(cast(ranked.active_seconds as double), 9) end
        as active_seconds,
    case when not ranked.is_suppressed then cast(ranked.event_count as bigint) end as event_count,
    case when not ranked.is_suppressed then ranked.n_people end as learner_count,
    case when not ranked.is_suppressed then cast(ranked.place as int) end as activity_rank,
    ranked.is_suppressed,
    ranked.period_start
from ranked
inner join {{ ref('dim_activities') }} as activities on ranked.activity_key = activities.activity_key
where ranked.place <= {{ shown }}
