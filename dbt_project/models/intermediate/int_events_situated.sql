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

-- What surrounds a statement, once for each distinct list of context types.
surroundings as (

    select
        listed.context_type_iris,
        bool_or(
            types.type_group = 'path' or listed.context_type_iri like '%/cmi5/activitytype/block'
        ) as is_in_path,
        bool_or(types.type_group in ('course', 'path', 'video')) as is_in_course
    from (
        select
            context_type_iris,
            {{ unnest_list('context_type_iris') }} as context_type_iri
        from (select distinct context_type_iris from statements) as lists
    ) as listed
    inner join types on {{ fold_iri('listed.context_type_iri') }} = types.type_fold
    group by listed.context_type_iris

),

paths as (

    select distinct statement_id
    from {{ ref('int_events_tied') }}
    where is_path

)

select
    statements.statement_id,
    statements.verb_class,
    statements.type_group,
    statements.platform_kind,
    statements.delivery_mode,
    case when surroundings.is_in_course then 'course' end as context_group,
    formal.statement_id is not null as is_formal,
    statements.verb_class in ('opinion', 'teach', 'feedback')
    or statements.team_ifi_value is not null
    or coalesce(statements.instructor_ifi_value <> statements.actor_ifi_value, false)
    or (
        coalesce(statements.object_type in ('Agent', 'Group'), false)
        and coalesce(statements.object_id <> statements.actor_ifi_value, true)
    ) as is_social,
    coalesce(surroundings.is_in_path, false)
    or paths.statement_id is not null
    or coalesce(statements.type_group = 'path', false) as is_in_path
from statements
left join surroundings on statements.context_type_iris = surroundings.context_type_iris
left join paths on statements.statement_id = paths.statement_id
left join {{ ref('int_events_formal') }} as formal on statements.statement_id = formal.statement_id
