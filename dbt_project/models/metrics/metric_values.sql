-- Every computed metric, small cells hidden. A figure is computed in its met_<family>, hidden here. The
-- row of a hidden space is left out, since its name is free text.
{% set keys = [
    'metric_id', 'measure', 'subject_type', 'subject_key', 'period_grain', 'period_start',
    'segment_dimension', 'segment_value'
] %}
{% set numbers = ['value', 'numerator', 'denominator', 'ci_low', 'ci_high'] %}
{% set columns = keys + numbers + [
    'unit', 'rule_version', 'parameters_json', 'n_people', 'is_suppressed', 'is_provisional', 'as_of'
] %}

with

raw_values as (
    {{ every_metric() }}
),

cells as (

    select
        raw_values.*,
        units.parent_org_unit_key,
        metrics.unit,
        metrics.is_people_metric,
        {{ is_provisional('raw_values.period_end') }} as is_provisional,
        coalesce(sizes.is_suppressed, false) as is_unit_hidden,
        coalesce(parts.is_suppressed, false)
        or (metrics.is_people_metric and coalesce(sizes.is_suppressed, false))
        or (
            raw_values.metric_id = 'HB11' and raw_values.measure = 'never'
            and {{ stands_too_near(
                'raw_values.n_people', 'raw_values.org_unit_key, raw_values.metric_id, raw_values.measure'
            ) }}
        ) as is_hidden_above,
        clock.as_of,
        clock.rule_version,
        coalesce(metrics.minimum_cell, {{ var('minimum_cell') }}) as minimum_cell
    from raw_values
    inner join {{ ref('ref_metrics') }} as metrics on raw_values.metric_id = metrics.metric_id
    inner join {{ ref('dim_org_units') }} as units on raw_values.org_unit_key = units.org_unit_key
    cross join {{ ref('met_clock') }} as clock
    left join {{ ref('met_unit_periods') }} as sizes
        on
            raw_values.org_unit_key = sizes.org_unit_key
            and raw_values.period_grain = sizes.period_grain
            and raw_values.period_start = sizes.period_start
    -- these say the minutes or the people of a unit or component that reports show too
    left join {{ ref('met_component_cells') }} as parts
        on
            raw_values.org_unit_key = parts.org_unit_key
            and raw_values.period_grain = parts.period_grain
            and raw_values.period_start = parts.period_start
            and parts.part_key = 'all'
            and raw_values.segment_value = parts.component
            and raw_values.metric_id in ('X01', 'PE02', 'HB16', 'HB04')
            and raw_values.measure <> 'mal'

),

{% set apart_from_segment = keys | reject('in', ['segment_dimension', 'segment_value']) | list %}
{% set apart_from_subject = keys | reject('in', ['subject_type', 'subject_key']) | list %}
{% set apart_from_measure = keys | reject('equalto', 'measure') | list %}
{{ small_cells('cells', keys, [
    {'by': apart_from_segment, 'total': "segment_dimension = 'all'"},
    {'by': apart_from_subject, 'total': "subject_type = 'all'"},
    {'by': apart_from_measure, 'total': "measure = 'wal'", 'member':
     "metric_id = 'HB11' and measure in ('wal', 'new', 'current', 'reactivated', 'resurrected')"},
    {'by': apart_from_measure, 'total': "measure = 'exposed'", 'member':
     "metric_id = 'HB11' and measure in ('exposed', 'wal', 'at_risk', 'dormant', 'never')"},
], also="(metric_id = 'HB05' and max(case when measure = 'wal' and is_hidden then 1 else 0 end) over (
            partition by org_unit_key, metric_id in ('HB04', 'HB05') order by period_start
            range between current row and interval 21 day following
        ) = 1)") }},

{{ with_small_units(columns) }}

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
    {% for number in numbers %}
        case when not is_suppressed then {{ number }} end as {{ number }},
    {% endfor %}
    cast(null as double) as target,
    case when not is_suppressed then n_people end as n_people,
    is_suppressed,
    is_provisional,
    period_start,
    as_of
from shown
