select
    cast(null as string) as source_name,
    cast(null as string) as kind,
    cast(null as string) as iri,
    cast(null as bigint) as statement_count
from {{ ref('stg_landing__runs') }}
where false
