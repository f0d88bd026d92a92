select
    ---------- ids
    batch_id,

    ---------- text
    table_name,
    source_name,
    -- a reference file is named after its table, other names may name a person
    case
        when table_name = 'statements' then {{ file_kind('input_name') }}
        else input_name
    end as input_name,
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
