{# The closing select of a met_<family>: the columns that every family shares, in one order.

   `rows_of` is the alias of `relation`, `clock` that of met_clock; arguments are SQL expressions, but
   for metric_id and grain, which are plain words or, in a family of several, `rows_of.<column>`.
   Figures are rounded, because a sum of doubles depends on the order in which an engine adds. #}
{% macro metric_rows(
    metric_id, relation, grain, period_start, value, measure="'value'",
    numerator='cast(null as double)', denominator='cast(null as double)',
    n_people='cast(null as bigint)', ci_low='cast(null as double)', ci_high='cast(null as double)',
    subject=["'all'", "'all'"], segment=["'all'", "'all'"], org_unit='rows_of.org_unit_key',
    period_end_date=none, parameters={}, counts_people=true
) -%}
select
    {{ word_or_column(metric_id) }} as metric_id,
    {{ measure }} as measure,
    {{ subject[0] }} as subject_type,
    {{ subject[1] }} as subject_key,
    {{ org_unit }} as org_unit_key,
    {{ word_or_column(grain) }} as period_grain,
    {{ segment[0] }} as segment_dimension,
    {{ segment[1] }} as segment_value,
    {% if counts_people -%} {{ metric_parameters(parameters) }}
    {%- else -%} {{ process_parameters(parameters) }} {%- endif %} as parameters_json,
    round(cast({{ value }} as double), 9) as value,
    round(cast({{ numerator }} as double), 9) as numerator,
    round(cast({{ denominator }} as double), 9) as denominator,
    round(cast({{ ci_low }} as double), 9) as ci_low,
    round(cast({{ ci_high }} as double), 9) as ci_high,
    cast({{ n_people }} as bigint) as n_people,
    rows_of.{{ period_start }} as period_start,
    {{ period_end_date or period_end(grain, 'rows_of.' ~ period_start) }} as period_end
from {{ relation }} as rows_of
cross join {{ ref('met_clock') }} as clock
{%- endmacro %}

{% macro word_or_column(text) -%}
    {{ text if text.startswith('rows_of.') else "'" ~ text ~ "'" }}
{%- endmacro %}

{# The rows of all families, before suppression. #}
{% macro every_metric() -%}
    {%- for family in [
        'met_mode_mix', 'met_evenness', 'met_interactivity', 'met_performance_share', 'met_replies',
        'met_content_stock', 'met_active_learners', 'met_stickiness', 'met_retention', 'met_growth',
        'met_active_minutes', 'met_participants', 'met_data_quality'
    ] %}
    select * from {{ ref(family) }}
    {% if not loop.last %}union all{% endif %}
    {%- endfor %}
{%- endmacro %}
