{# The thresholds behind a row as JSON text, with the basis on which people were counted.
   Needs the alias `clock` of met_clock in scope. #}
{% macro metric_parameters(parameters) -%}
    case
        when clock.has_employees then '{{ tojson(dict(parameters, identity="employees"), sort_keys=true) }}'
        else '{{ tojson(dict(parameters, identity="actors"), sort_keys=true) }}'
    end
{%- endmacro %}

{# The same for rows that count no people. #}
{% macro process_parameters(parameters) -%}
    '{{ tojson(parameters, sort_keys=true) }}'
{%- endmacro %}
