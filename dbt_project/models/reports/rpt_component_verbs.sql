-- How people take part in a component: its verbs in a period; small cells hidden.
{% set keys = ['component', 'period_grain', 'period_start', 'verb_code'] %}

with

verbs as (

    select
        verb_code,
        min(verb_name) as verb_name
    from {{ ref('ref_verbs') }}
    group by verb_code

),

learner_periods as (
    {% for grain in ['week', 'month', 'quarter'] %}

        select
            learner_key,
            org_unit_key,
            component,
            verb_code,
            verb_class,
            '{{ grain }}' as period_grain,
            local_{{ grain }} as period_start,
            count(*) as event_count
        from {{ ref('fct_learning_events') }}
        where is_meaningful and is_person
        group by learner_key, org_unit_key, component, verb_code, verb_class, local_{{ grain }}
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
        periods.verb_code,
        min(periods.verb_class) as verb_class,
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
        periods.verb_code

),

{{ small_cells('cells', keys, [['component', 'period_grain', 'period_start']]) }}

select
    cells_settled.org_unit_key,
    cells_settled.component,
    cells_settled.period_grain,
    cells_settled.verb_code,
    coalesce(verbs.verb_name, cells_settled.verb_code) as verb_name,
    cells_settled.verb_class,
    case when not cells_settled.is_suppressed then cast(cells_settled.event_count as bigint) end
        as event_count,
    case when not cells_settled.is_suppressed then cells_settled.n_people end as learner_count,
    cells_settled.is_suppressed,
    cells_settled.period_start
from cells_settled
left join verbs on cells_settled.verb_code = verbs.verb_code
