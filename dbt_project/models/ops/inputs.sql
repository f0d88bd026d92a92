with

known as (

    {% for table_name in ['statements'] + reference_tables() %}
        {% if not loop.first %}union all{% endif %}
        select '{{ table_name }}' as table_name
    {% endfor %}

),

-- Statements add up; of a reference table each source's last snapshot is in force.
sent as (

    select
        table_name,
        source_name,
        case
            when table_name = 'statements' then sum(accepted_count)
            else max_by(accepted_count, loaded_at)
        end as row_count,
        max(loaded_at) as last_loaded_at
    from {{ ref('stg_landing__batches') }}
    where accepted_count > 0
    group by table_name, source_name

),

landed as (

    select
        table_name,
        count(*) as source_count,
        sum(row_count) as row_count,
        max(last_loaded_at) as last_loaded_at
    from sent
    group by table_name

)

select
    known.table_name,
    cast(coalesce(landed.source_count, 0) as bigint) as source_count,
    cast(coalesce(landed.row_count, 0) as bigint) as row_count,
    landed.table_name is not null as is_available,
    landed.last_loaded_at
from known
left join landed on known.table_name = landed.table_name
