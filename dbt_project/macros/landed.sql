{# The last committed batch of a reference table: the snapshot in force. #}
{% macro latest_batch(table_name) -%}
    select
        max_by(batch_id, loaded_at) as batch_id,
        max(loaded_at) as loaded_at
    from {{ source('landing', 'batches') }}
    where table_name = '{{ table_name }}' and accepted_count > 0
{%- endmacro %}
