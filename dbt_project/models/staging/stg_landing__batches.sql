with

source as (

    select * from {{ source('landing', 'batches') }}

),

-- What the night looks at was fixed once, before its checks: a batch committed later waits for the next.
cut as (

    select max_by(cut_at, started_at) as cut_at
    from {{ ref('stg_landing__runs') }}

)

select
    ---------- ids
    source.batch_id,

    ---------- text
    source.table_name,
    source.source_name,
    source.input_name,
    source.rules_version,
    source.tilth_version,

    ---------- numbers
    source.input_bytes,
    source.read_count,
    source.accepted_count,
    source.rejected_count,
    coalesce(source.replayed_count, 0) as replayed_count,
    source.ingest_seconds,

    ---------- timestamps
    source.first_occurred_at,
    source.last_occurred_at,
    source.loaded_at

from source
cross join cut
-- no run: dbt by hand over a landing that no night has seen
where
    cut.cut_at is null
    or {{ seconds_between('source.loaded_at', 'cut.cut_at') }} >= coalesce(source.ingest_seconds, 0)
