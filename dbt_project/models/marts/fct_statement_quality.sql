with

verbs as (

    select distinct {{ fold_iri('verb_iri') }} as verb_fold
    from {{ ref('ref_verbs') }}

),

types as (

    select distinct {{ fold_iri('activity_type_iri') }} as type_fold
    from {{ ref('ref_activity_types') }}

),

delivered as (

    select
        settled.*,
        settled.delivery_status = 'unique' as is_unique,
        cast(settled.loaded_at as date) as received_date,
        coalesce(actors.is_resolved, false) as is_resolved,
        verbs.verb_fold is null
        or (settled.activity_type_iri is not null and types.type_fold is null) as is_unmapped,
        case
            when
                not settled.is_time_inferred
                and settled.stored_at is not null
                and settled.delivery_status = 'unique'
                then {{ seconds_between('settled.occurred_at', 'settled.stored_at') }}
        end as lateness_seconds,
        {{ seconds_between(
            'lag(settled.occurred_at) over sameness', 'settled.occurred_at'
        ) }} as seconds_since_same
    from {{ ref('int_statements_settled') }} as settled
    left join {{ ref('int_actors_resolved') }} as actors
        on
            settled.actor_ifi_kind = actors.actor_ifi_kind
            and settled.actor_ifi_value = actors.actor_ifi_value
    left join verbs on {{ fold_iri('settled.verb_iri') }} = verbs.verb_fold
    left join types on {{ fold_iri('settled.activity_type_iri') }} = types.type_fold
    window sameness as (
        partition by
            settled.delivery_status, settled.is_time_inferred,
            settled.actor_ifi_kind, settled.actor_ifi_value, settled.verb_iri, settled.object_id
        order by settled.occurred_at asc, settled.statement_id asc
    )

)

select
    source_name,

    ---------- numbers
    count(*) as delivered_count,
    count(*) filter (where is_unique) as unique_count,
    count(*) filter (where delivery_status = 'duplicate') as duplicate_count,
    count(*) filter (where delivery_status = 'conflict') as conflict_count,
    count(*) filter (where is_voided) as voided_count,
    count(*) filter (where is_unique and not is_time_inferred and seconds_since_same <= 1) as repeated_count,
    count(*) filter (where is_unique and is_unmapped) as unmapped_count,
    count(*) filter (where is_unique and is_resolved) as resolved_count,
    count(*) filter (where is_unique and duration_seconds is not null) as duration_count,
    count(*) filter (
        where is_unique
        and (duration_seconds <= 0 or duration_seconds > {{ var('duration_limit_hours') }} * 3600)
    ) as implausible_duration_count,
    count(lateness_seconds) as lateness_count,
    percentile_cont(0.5) within group (order by lateness_seconds) as lateness_p50_seconds,
    percentile_cont(0.95) within group (order by lateness_seconds) as lateness_p95_seconds,

    ---------- dates
    received_date
from delivered
group by source_name, received_date
