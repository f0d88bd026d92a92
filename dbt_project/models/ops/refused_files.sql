with

-- What is in force of each table and source, if anything.
standing as (

    select
        table_name,
        source_name,
        max(loaded_at) as standing_since
    from {{ ref('stg_landing__batches') }}
    where accepted_count > 0
    group by table_name, source_name

),

-- A refusal is answered when a good file of its table and source has landed after it.
unanswered as (

    select
        refusals.*,
        standing.standing_since,
        max(refusals.loaded_at) over (
            partition by refusals.table_name, refusals.source_name
        ) as last_refused_at
    from {{ ref('stg_landing__refusals') }} as refusals
    left join standing
        on
            refusals.table_name = standing.table_name
            and refusals.source_name = standing.source_name
    where standing.standing_since is null or refusals.loaded_at > standing.standing_since

)

select
    ---------- ids
    source_name,
    table_name,
    position,

    ---------- text
    input_name,
    column_name,
    rule_id,
    message,
    remedy,

    ---------- numbers
    line_number,
    fault_count,

    ---------- timestamps
    loaded_at as refused_at,
    standing_since
from unanswered
where loaded_at = last_refused_at and position <= 50
