-- What persons do (meaningful events, D2) by unit, component and period, and within it by verb and by
-- activity. Those that too few of the company used, ever or in the quarter, are one: parts are complete.
{% set keys = ['component', 'breakdown', 'part_key', 'period_grain', 'period_start'] %}
{% set grains = ['week', 'month', 'quarter'] %}
{% set sums = ['active_seconds', 'formal_seconds', 'social_seconds', 'experiential_seconds'] %}
{% set breakdowns = [('total', "'all'", "'all'"), ('component', 'component', "'all'"),
                     ('verb', 'component', 'verb_code'), ('activity', 'component', 'activity_key')] %}

with

learner_days as (

    select
        events.learner_key,
        events.org_unit_key,
        events.component,
        events.verb_code,
        coalesce(activities.activity_key, 'few') as activity_key,
        {% for grain in grains %}
            events.local_{{ grain }},
        {% endfor %}
        sum(events.event_seconds) as active_seconds,
        {% for mode in ['formal', 'social', 'experiential'] %}
            sum(case when events.mode = '{{ mode }}' then events.event_seconds else 0 end)
                as {{ mode }}_seconds,
        {% endfor %}
        max(case when events.mode is not null then 1 else 0 end) as has_mode,
        min(events.verb_class) as verb_class,
        count(*) as event_count
    from {{ ref('fct_learning_events') }} as events
    left join {{ ref('dim_shared_activities') }} as activities
        on events.activity_key = activities.activity_key
    where events.is_meaningful and events.is_person
    group by
        events.learner_key, events.org_unit_key, events.component, events.verb_code, activities.activity_key,
        events.local_week, events.local_month, events.local_quarter

),

learner_parts as (
    {% for grain in grains %}
        {% for breakdown, component, part in breakdowns if grain != 'week' or part == "'all'" %}
            {{ 'union all' if not (loop.first and grain == 'week') }}
            select
                learner_key,
                org_unit_key,
                {{ component }} as component,
                '{{ breakdown }}' as breakdown,
                {{ part }} as part_key,
                '{{ grain }}' as period_grain,
                local_{{ grain }} as period_start,
                {{ period_end(grain, 'local_' ~ grain) }} as period_end,
                {% for column in sums + ['event_count'] %}
                    sum({{ column }}) as {{ column }},
                {% endfor %}
                max(has_mode) as has_mode,
                min(verb_class) as verb_class
            from learner_days
            group by
                learner_key, org_unit_key, local_{{ grain }}
                {{ ', ' ~ component if breakdown != 'total' }}
                {{ ', ' ~ part if breakdown in ('verb', 'activity') }}
        {% endfor %}
    {% endfor %}
),

-- one row is one person here
used_in_quarter as (

    select
        component,
        part_key,
        period_start as quarter_start
    from learner_parts
    where breakdown = 'activity' and period_grain = 'quarter'
    group by component, part_key, period_start
    having count(*) >= {{ var('minimum_cell') }}

),

named_parts as (

    select
        {% for key in ['learner_key', 'org_unit_key', 'period_end'] + keys + sums if key != 'part_key' %}
            parts.{{ key }},
        {% endfor %}
        parts.event_count,
        parts.has_mode,
        parts.verb_class,
        coalesce(used.part_key, case parts.breakdown when 'activity' then 'few' else parts.part_key end)
            as part_key
    from learner_parts as parts
    left join used_in_quarter as used
        on
            parts.breakdown = 'activity'
            and parts.component = used.component
            and parts.part_key = used.part_key
            and cast({{ dbt.date_trunc('quarter', 'parts.period_start') }} as date) = used.quarter_start

)

select
    ancestors.ancestor_key as org_unit_key,
    {% for key in keys + ['period_end'] %}
        parts.{{ key }},
    {% endfor %}
    {% for column in sums %}
        round(cast(sum(parts.{{ column }}) as double), 9) as {{ column }},
    {% endfor %}
    cast(sum(parts.event_count) as bigint) as event_count,
    max(parts.has_mode) = 1 as is_mode_known,
    min(parts.verb_class) as verb_class,
    count(distinct parts.learner_key) as n_people
from named_parts as parts
inner join {{ ref('brg_org_unit_ancestors') }} as ancestors
    on parts.org_unit_key = ancestors.org_unit_key
group by
    ancestors.ancestor_key,
    parts.{{ (keys + ['period_end']) | join(', parts.') }}
