{# A query of the whole numbers below 10 to the power of digits, in the column n. #}
{% macro numbers_below(digits) -%}
    select cast({% for place in range(digits) %}{% if place %} + {% endif %}digit_{{ place }}.d * {{ 10 ** place }}{% endfor %} as int) as n
    from
        {%- for place in range(digits) %}
        {% if place %}cross join {% endif %}(
            {%- for d in range(10) %}
            {% if d %}union all {% endif %}select {{ d }} as d
            {%- endfor %}
        ) as digit_{{ place }}
        {%- endfor %}
{%- endmacro %}
