with

given as (

    select
        source_name,
        'verb' as kind,
        verb_iri as iri,
        statement_id
    from {{ ref('stg_landing__statements') }}

    union all

    select
        source_name,
        'activity_type' as kind,
        activity_type_iri as iri,
        statement_id
    from {{ ref('stg_landing__statements') }}
    where activity_type_iri is not null

),

counted as (

    select
        source_name,
        kind,
        iri,
        count(distinct statement_id) as statement_count
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

)

select
    counted.source_name,
    counted.kind,
    counted.iri,
    counted.statement_count
from counted
left join known
    on
        counted.kind = known.kind
        and {{ fold_iri('counted.iri') }} = known.folded_iri
where known.folded_iri is null
