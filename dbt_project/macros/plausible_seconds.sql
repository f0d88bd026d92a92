{# A reported duration that can be true: above zero and within duration_limit_hours (6.4), else null. #}
{% macro plausible_seconds(seconds) -%}
    case when {{ seconds }} > 0 and {{ seconds }} <= {{ var('duration_limit_hours') }} * 3600 then {{ seconds }} end
{%- endmacro %}
