-- What no vocabulary row names. An IRI of few senders may be of a person (mailto:, /people/…): of it
-- only its scheme and host are said.
with

given as (

    select
        source_name,
        'verb' as kind,
        verb_iri as iri,
        statement_id,
        actor_ifi_kind || ' ' || coalesce(actor_account_name, actor_ifi_value, '') as actor_id
    from {{ ref('stg_landing__statements') }}

    union all

    select
        source_name,
        'activity_type' as kind,
        activity_type_iri as iri,
        statement_id,
        actor_ifi_kind || ' ' || coalesce(actor_account_name, actor_ifi_value, '') as actor_id
    from {{ ref('stg_landing__statements') }}
    where activity_type_iri is not null

),

counted as (

    select
        source_name,
        kind,
        iri,
        count(distinct statement_id) as statement_count,
        count(distinct actor_id) as actor_count
    from given
    group by source_name, kind, iri

),

known as (

    select
        'verb' as kind,
        {{ fold_iri('verb_iri') }} as folded_iri
    from {{ ref('ref_verbs') }}

    union

    select
        'activity_type' as kind,
        {{ fold_iri('activity_type_iri') }} as folded_iri
    from {{ ref('ref_activity_types') }}

),

unknown as (

    select
        counted.source_name,
        counted.kind,
        counted.statement_count,
        case
            when counted.actor_count >= {{ var('minimum_cell') }} then counted.iri
            when counted.iri like '%://%'
                then regexp_replace(
                    regexp_extract(counted.iri, '^([^:/?#]+://[^/?#]*)', 1), '//.*@', '//'
                )
            else regexp_extract(counted.iri, '^([^:/?#]+)', 1)
        end as iri
    from counted
    left join known
        on
            counted.kind = known.kind
            and {{ fold_iri('counted.iri') }} = known.folded_iri
    where known.folded_iri is null

)

select
    source_name,
    kind,
    iri,
    cast(sum(statement_count) as bigint) as statement_count
from unknown
group by source_name, kind, iri
