-- Among units: a unit's figure less those of its sub-units that are shown leaves nobody, or enough people
-- and more than one hidden sub-unit or the people directly in it; and not all parts of a hidden unit are
-- shown. Reckoned from the numbers before
-- suppression and from what is hidden, not from how the macro decides.
{% set keys = [
    'metric_id', 'measure', 'subject_type', 'subject_key', 'period_grain', 'period_start',
    'segment_dimension', 'segment_value'
] %}

with

raw_values as (
    {{ every_metric() }}
),

cells as (

    select
        {% for key in keys %}
            raw_values.{{ key }},
        {% endfor %}
        raw_values.org_unit_key,
        units.parent_org_unit_key,
        raw_values.n_people,
        coalesce(metrics.minimum_cell, {{ var('minimum_cell') }}) as minimum_cell,
        coalesce(shown.is_suppressed, true) as is_suppressed
    from raw_values
    inner join {{ ref('ref_metrics') }} as metrics on raw_values.metric_id = metrics.metric_id
    inner join {{ ref('dim_org_units') }} as units on raw_values.org_unit_key = units.org_unit_key
    left join {{ ref('metric_values') }} as shown
        on
            raw_values.org_unit_key = shown.org_unit_key
            {% for key in keys %}
                and raw_values.{{ key }} = shown.{{ key }}
            {% endfor %}
    where metrics.is_people_metric

    union all

    select
        'report' as metric_id,
        parts.component as measure,
        parts.breakdown as subject_type,
        parts.part_key as subject_key,
        parts.period_grain,
        parts.period_start,
        'all' as segment_dimension,
        'all' as segment_value,
        parts.org_unit_key,
        units.parent_org_unit_key,
        parts.n_people,
        {{ var('minimum_cell') }} as minimum_cell,
        parts.is_suppressed
    from {{ ref('met_component_cells') }} as parts
    inner join {{ ref('dim_org_units') }} as units on parts.org_unit_key = units.org_unit_key

),

children as (

    select
        parent_org_unit_key as org_unit_key,
        {% for key in keys %}
            {{ key }},
        {% endfor %}
        sum(n_people) as people,
        sum(case when is_suppressed then 0 else n_people end) as shown_people,
        sum(case when is_suppressed and n_people > 0 then 1 else 0 end) as hidden_count
    from cells
    group by
        parent_org_unit_key,
        {{ keys[:4] | join(', ') }},
        {{ keys[4:] | join(', ') }}

)

select
    parents.org_unit_key,
    {% for key in keys %}
        parents.{{ key }},
    {% endfor %}
    parents.n_people - children.shown_people as left_people,
    parents.n_people - children.people as direct_people,
    children.hidden_count
from cells as parents
inner join children
    on
        parents.org_unit_key = children.org_unit_key
        {% for key in keys %}
            and parents.{{ key }} = children.{{ key }}
        {% endfor %}
where
    (
        not parents.is_suppressed
        and (
            parents.n_people < children.people
            or parents.n_people - children.shown_people between 1 and parents.minimum_cell - 1
            or (children.hidden_count = 1 and parents.n_people = children.people)
        )
    )
    -- a hidden unit whose parts are all shown
    or (parents.is_suppressed and parents.n_people > 0 and parents.n_people = children.shown_people)
