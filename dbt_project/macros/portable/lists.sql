{# Lists (arrays) and JSON: what engines spell differently. #}

{# One row per element, in a select list; rows with an empty or missing list vanish. #}
{% macro unnest_list(expression) %}{{ return(adapter.dispatch('unnest_list')(expression)) }}{% endmacro %}
{% macro default__unnest_list(expression) %}explode({{ expression }}){% endmacro %}
{% macro duckdb__unnest_list(expression) %}unnest({{ expression }}){% endmacro %}

{# First element; null for an empty or missing list. #}
{% macro first_of_list(expression) %}{{ return(adapter.dispatch('first_of_list')(expression)) }}{% endmacro %}
{% macro default__first_of_list(expression) %}get({{ expression }}, 0){% endmacro %}
{% macro duckdb__first_of_list(expression) %}{{ expression }}[1]{% endmacro %}

{# The value under a chain of keys as text; keys may hold dots and slashes. #}
{% macro json_text(expression, keys) %}{{ return(adapter.dispatch('json_text')(expression, keys)) }}{% endmacro %}
{% macro default__json_text(expression, keys) %}get_json_object({{ expression }}, "$['{{ keys | join("']['") }}']"){% endmacro %}
{% macro duckdb__json_text(expression, keys) %}json_extract_string({{ expression }}, '$."{{ keys | join('"."') }}"'){% endmacro %}
