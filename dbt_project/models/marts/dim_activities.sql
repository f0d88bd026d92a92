with

types as (

    select
        {{ fold_iri('activity_type_iri') }} as type_fold,
        min(activity_type_code) as activity_type_code,
        min(activity_type_name) as activity_type_name,
        min(type_group) as type_group
    from {{ ref('ref_activity_types') }}
    group by {{ fold_iri('activity_type_iri') }}

),

-- The latest name and the latest type that a statement gave; ties go by statement id.
{% for column in ['activity_name', 'activity_type_iri'] %}
    latest_{{ column }} as (

        select
            object_id as activity_iri,
            {{ column }},
            row_number() over (partition by object_id order by occurred_at desc, statement_id asc) as place
        from {{ ref('int_statements_classified') }}
        where object_type = 'Activity' and object_id is not null and {{ column }} is not null

    ),

{% endfor %}
named as (

    select
        seen.activity_iri,
        names.activity_name,
        kinds.activity_type_iri
    from (
        select distinct object_id as activity_iri
        from {{ ref('int_statements_classified') }}
        where object_type = 'Activity' and object_id is not null
    ) as seen
    left join latest_activity_name as names on seen.activity_iri = names.activity_iri and names.place = 1
    left join latest_activity_type_iri as kinds on seen.activity_iri = kinds.activity_iri and kinds.place = 1

),

known as (

    select activity_iri from named
    union
    select activity_iri from {{ ref('stg_landing__content_catalogue') }}

)

select
    ---------- ids
    {{ surrogate_key(['known.activity_iri']) }} as activity_key,
    known.activity_iri,

    ---------- text
    coalesce(items.title, named.activity_name) as activity_title,
    types.activity_type_code,
    types.activity_type_name,
    types.type_group,
    items.programme_id,
    items.programme_name,
    case
        when items.activity_iri is not null then coalesce(units.org_unit_key, 'company')
    end as owner_org_unit_key,

    ---------- booleans
    coalesce(items.title, named.activity_name) is not null as is_title_sent,
    items.activity_iri is not null as is_in_catalogue,
    coalesce(items.is_offering, false) as is_offering,
    items.is_mandatory,
    items.is_free,

    ---------- dates
    items.published_date,
    items.retired_date
from known
left join named on known.activity_iri = named.activity_iri
left join {{ ref('stg_landing__content_catalogue') }} as items on known.activity_iri = items.activity_iri
left join types
    on {{ fold_iri('coalesce(items.activity_type_iri, named.activity_type_iri)') }} = types.type_fold
left join {{ ref('int_org_units_nested') }} as units on items.owner_org_unit_id = units.org_unit_id
