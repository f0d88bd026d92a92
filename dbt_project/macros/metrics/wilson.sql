{# Wilson's 95 % interval of a share: side is 'low' or 'high'. Null without trials. #}
{% macro wilson(side, successes, trials) -%}
    {%- set z = 1.959963984540054 -%}
    {%- set sign = '-' if side == 'low' else '+' -%}
    (
        {{ successes }} + {{ z * z / 2 }}
        {{ sign }} {{ z }} * sqrt(
            {{ successes }} * ({{ trials }} - {{ successes }}) / nullif(cast({{ trials }} as double), 0)
            + {{ z * z / 4 }}
        )
    ) / nullif({{ trials }} + {{ z * z }}, {{ z * z }})
{%- endmacro %}
