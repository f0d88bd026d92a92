{# True where people would answer: not a quiz that is asked for a hint, nor a search engine (decision 0009). #}
{% macro is_put_to_people(type_group) -%}
    coalesce({{ type_group }}, '') not in ('interaction', 'assessment', 'search')
{%- endmacro %}
