select
    source_name,
    -- until a source says how many statements it sent, nobody can know whether all came
    'unknown' as coverage,
    delivered_count as received_count,
    cast(null as bigint) as expected_count,
    received_date
from {{ ref('fct_statement_quality') }}
