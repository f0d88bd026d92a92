with

read_statements as (

    select
        source_name,
        -- what was replayed was read when it was rejected, and is no longer rejected
        sum(read_count) - sum(replayed_count) as read_count,
        sum(accepted_count) as accepted_count,
        sum(rejected_count) - sum(replayed_count) as rejected_count,
        sum(replayed_count) as replayed_count
    from {{ ref('stg_landing__batches') }}
    where table_name = 'statements'
    group by source_name

),

quarantine as (

    select
        source_name,
        count(*) filter (where quarantine_state = 'discarded') as discarded_count
    from {{ ref('fct_rejections') }}
    group by source_name

),

settled as (

    select
        source_name,
        sum(unique_count) as unique_count,
        sum(duplicate_count) as duplicate_count,
        sum(conflict_count) as conflict_count,
        sum(voided_count) as voided_count
    from {{ ref('fct_statement_quality') }}
    group by source_name

)

select
    read_statements.source_name,
    {% for column in ['read_count', 'accepted_count', 'rejected_count'] %}
        cast(read_statements.{{ column }} as bigint) as {{ column }},
    {% endfor %}
    {% for column in ['unique_count', 'duplicate_count', 'conflict_count', 'voided_count'] %}
        cast(coalesce(settled.{{ column }}, 0) as bigint) as {{ column }},
    {% endfor %}
    cast(read_statements.replayed_count as bigint) as replayed_count,
    cast(coalesce(quarantine.discarded_count, 0) as bigint) as discarded_count
from read_statements
left join quarantine on read_statements.source_name = quarantine.source_name
left join settled on read_statements.source_name = settled.source_name
