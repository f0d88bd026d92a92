{{ config(materialized='table') }}

with

-- Ids are global: the same id from two sources is one statement.
ordered as (

    select
        *,
        row_number() over (
            partition by statement_id
            order by loaded_at asc, batch_id asc, position asc
        ) as delivery,
        row_number() over (
            partition by statement_id, fingerprint
            order by loaded_at asc, batch_id asc, position asc
        ) as same_delivery,
        {{ fold_iri('verb_iri') }} = 'adlnet.gov/expapi/verbs/voided'
        and object_type = 'StatementRef' as is_voiding
    from {{ ref('stg_landing__statements') }}

),

-- A void may come before or after what it voids, from any source.
voided as (

    select distinct lower(object_id) as statement_id
    from ordered
    where is_voiding and delivery = 1

)

select
    ---------- ids
    ordered.statement_id,
    ordered.fingerprint,
    ordered.batch_id,
    ordered.position,
    ordered.registration_id,
    ordered.session_id,
    ordered.statement_ref_id,

    ---------- text
    ordered.source_name,
    ordered.actor_type,
    ordered.actor_ifi_kind,
    ordered.actor_ifi_value,
    ordered.actor_account_name,
    ordered.verb_iri,
    ordered.object_type,
    ordered.object_id,
    ordered.activity_type_iri,
    ordered.activity_name,
    ordered.response,
    ordered.platform,
    ordered.instructor_ifi_value,
    ordered.team_ifi_value,
    ordered.delivery_mode,
    ordered.parent_ids,
    ordered.grouping_ids,
    ordered.context_type_iris,
    ordered.extensions_json,
    case
        when ordered.delivery = 1 then 'unique'
        when ordered.same_delivery > 1 then 'duplicate'
        else 'conflict'
    end as delivery_status,

    ---------- numbers
    ordered.duration_seconds,
    ordered.played_seconds,

    ---------- booleans
    ordered.is_time_inferred,
    ordered.is_success,
    ordered.is_voiding,
    -- a voiding statement cannot be voided (xAPI 1.0.3, data 2.3.2)
    ordered.delivery = 1 and not ordered.is_voiding and voided.statement_id is not null as is_voided,

    ---------- timestamps
    ordered.occurred_at,
    ordered.stored_at,
    ordered.loaded_at

from ordered
left join voided on ordered.statement_id = voided.statement_id
