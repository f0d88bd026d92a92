{# Incremental models replace whole partitions: Spark on Parquet can do no other. #}
{% macro partition_overwrite() %}{{ return('delete+insert' if target.type == 'duckdb' else 'insert_overwrite') }}{% endmacro %}
