{# Last day of the period of the given grain that starts on `start`. #}
{% macro period_end(grain, start) -%}
    {%- if grain == 'day' -%} {{ start }}
    {%- elif grain == 'week' -%} cast({{ dbt.dateadd('day', 6, start) }} as date)
    {%- elif grain == 'four_weeks' -%} cast({{ dbt.dateadd('day', 27, start) }} as date)
    {%- elif grain == 'month' -%} last_day({{ start }})
    {%- elif grain == 'quarter' -%} last_day(cast({{ dbt.dateadd('month', 2, start) }} as date))
    {%- else -%} {{ exceptions.raise_compiler_error("Unknown period grain: " ~ grain) }}
    {%- endif -%}
{%- endmacro %}

{# True while late events may still change the period: it ends after as_of less the lateness (D1). #}
{% macro is_provisional(period_end) -%}
    cast({{ dbt.dateadd('day', 1, period_end) }} as timestamp) > clock.settled_until
{%- endmacro %}
