select
    ---------- ids
    batch_id,

    ---------- text
    table_name,
    source_name,
    input_name,
    rules_version,
    tilth_version,

    ---------- numbers
    input_bytes,
    read_count,
    accepted_count,
    rejected_count,
    replayed_count,
    ingest_seconds,

    ---------- timestamps
    first_occurred_at,
    last_occurred_at,
    loaded_at

from {{ ref('stg_landing__batches') }}
