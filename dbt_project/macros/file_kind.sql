{# What may be said of a file outside the landing: its ending. Its name may name a person. #}
{% macro file_kind(column) -%}
case
    {% for ending in ['json', 'ndjson', 'jsonl', 'csv', 'tsv', 'txt', 'xlsx', 'xml', 'parquet', 'zip', 'ics', 'log'] -%}
        {% for packed in ['', '.gz', '.zst'] -%}
            when lower({{ column }}) like '%.{{ ending }}{{ packed }}' then '*.{{ ending }}{{ packed }}'
        {% endfor -%}
    {% endfor -%}
    when {{ column }} is not null then '*'
end
{%- endmacro %}
