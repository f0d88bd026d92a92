{# The committed batches of a reference table that count: of a log all, else the last of each source. #}
{% macro batches_in_force(table_name, is_log) -%}
    select
        source_name,
        {% if is_log %}batch_id, loaded_at{% else -%}
        max_by(batch_id, loaded_at) as batch_id,
        max(loaded_at) as loaded_at
        {%- endif %}
    from {{ ref('stg_landing__batches') }}
    where table_name = '{{ table_name }}' and accepted_count > 0
    {% if not is_log %}group by source_name{% endif %}
{%- endmacro %}
