-- Every computed metric, small cells hidden. A figure is computed in its met_<family>, hidden here.
{% set families = [
    'met_mode_mix', 'met_evenness', 'met_interactivity', 'met_performance_share', 'met_replies',
    'met_content_stock', 'met_active_learners', 'met_stickiness', 'met_retention', 'met_growth',
    'met_active_minutes', 'met_participants', 'met_data_quality'
] %}
{% set keys = [
    'metric_id', 'measure', 'subject_type', 'subject_key', 'period_grain', 'period_start',
    'segment_dimension', 'segment_value'
] %}

with

raw_values as (
    {% for family in families %}
        select * from {{ ref(family) }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

cells as (

    select
        raw_values.*,
        units.parent_org_unit_key,
        metrics.unit,
        metrics.is_people_metric,
        {{ is_provisional('raw_values.period_end') }} as is_provisional,
        clock.as_of,
        clock.rule_version,
        coalesce(metrics.minimum_cell, {{ var('minimum_cell') }}) as minimum_cell
    from raw_values
    inner join {{ ref('ref_metrics') }} as metrics on raw_values.metric_id = metrics.metric_id
    inner join {{ ref('dim_org_units') }} as units on raw_values.org_unit_key = units.org_unit_key
    cross join {{ ref('met_clock') }} as clock

),

{{ small_cells('cells', keys, [
    keys | reject('equalto', 'segment_value') | list,
    keys | reject('equalto', 'subject_key') | list,
]) }}

select
    metric_id,
    measure,
    subject_type,
    subject_key,
    org_unit_key,
    period_grain,
    segment_dimension,
    segment_value,
    unit,
    rule_version,
    parameters_json,
    {% for number in ['value', 'numerator', 'denominator', 'ci_low', 'ci_high'] %}
        case when not is_suppressed then {{ number }} end as {{ number }},
    {% endfor %}
    cast(null as double) as target,
    case when not is_suppressed then n_people end as n_people,
    is_suppressed,
    is_provisional,
    period_start,
    as_of
from cells_settled
