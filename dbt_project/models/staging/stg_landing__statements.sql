{{ config(
    materialized='incremental',
    incremental_strategy=partition_overwrite(),
    unique_key='loaded_date',
    on_schema_change='fail'
) }}

-- statement_json stays in the landing: it would double the warehouse, and no model reads it.
with

committed_batches as (

    select
        batch_id,
        loaded_at
    from {{ ref('stg_landing__batches') }}
    where table_name = 'statements' and accepted_count > 0

),

-- A load date with a batch that is not here yet is loaded again, whole.
dates_to_load as (

    select distinct cast(loaded_at as date) as loaded_date
    from committed_batches
    {% if is_incremental() %}
        where batch_id not in (select batch_id from {{ this }})
    {% endif %}

),

source as (

    select * from {{ source('landing', 'statements') }}
    where cast(loaded_at as date) in (select dates_to_load.loaded_date from dates_to_load)

)

select
    ---------- ids
    source.statement_id,
    source.fingerprint,
    source.batch_id,
    source.position,
    source.registration_id,
    source.session_id,
    lower(source.statement_ref_id) as statement_ref_id,

    ---------- text
    source.source_name,
    source.actor_type,
    source.actor_ifi_kind,
    source.actor_ifi_value,
    source.actor_account_name,
    source.verb_iri,
    source.object_type,
    source.object_id,
    source.activity_type_iri,
    source.activity_name,
    source.response,
    source.platform,
    source.instructor_ifi_value,
    source.team_ifi_value,
    source.delivery_mode,
    source.parent_ids,
    source.grouping_ids,
    source.category_ids,
    source.context_type_iris,
    source.extensions_json,

    ---------- numbers
    source.score_scaled,
    source.duration_seconds,
    source.played_seconds,

    ---------- booleans
    source.is_id_derived,
    source.is_time_inferred,
    source.is_success,
    source.is_completion,

    ---------- dates and timestamps
    cast(source.loaded_at as date) as loaded_date,
    source.occurred_at,
    source.stored_at,
    source.loaded_at

from source
-- both, since a batch that was killed and landed again leaves rows of its first attempt
inner join committed_batches
    on
        source.batch_id = committed_batches.batch_id
        and source.loaded_at = committed_batches.loaded_at
