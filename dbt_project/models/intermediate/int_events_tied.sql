{{ config(materialized='table') }}

with

statements as (

    select * from {{ ref('int_statements_classified') }}

),

types as (

    select
        {{ fold_iri('activity_type_iri') }} as type_fold,
        min(type_group) as type_group
    from {{ ref('ref_activity_types') }}
    group by {{ fold_iri('activity_type_iri') }}

),

catalogue as (

    select
        items.activity_iri,
        items.is_offering,
        coalesce(types.type_group = 'path', false) as is_path
    from {{ ref('stg_landing__content_catalogue') }} as items
    left join types on {{ fold_iri('items.activity_type_iri') }} = types.type_fold

),

related as (

    select
        statement_id,
        object_id as activity_iri
    from statements

    union all

    select
        statement_id,
        {{ unnest_list('parent_ids') }} as activity_iri
    from statements

    union all

    select
        statement_id,
        {{ unnest_list('grouping_ids') }} as activity_iri
    from statements

)

select distinct
    related.statement_id,
    catalogue.activity_iri,
    catalogue.is_offering,
    catalogue.is_path
from related
inner join catalogue on related.activity_iri = catalogue.activity_iri
