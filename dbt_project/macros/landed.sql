{# The snapshots in force of a reference table: the last committed one of each source that sends it. #}
{% macro snapshots_in_force(table_name) -%}
    select
        max_by(batch_id, loaded_at) as batch_id,
        max(loaded_at) as loaded_at
    from {{ ref('stg_landing__batches') }}
    where table_name = '{{ table_name }}' and accepted_count > 0
    group by source_name
{%- endmacro %}
