{{ config(materialized='table') }}

with

-- Aliases fold to one key; `assert_aliases_agree` holds that they agree on the code.
verbs as (

    select
        {{ fold_iri('verb_iri') }} as verb_fold,
        min(verb_code) as verb_code,
        min(verb_class) as verb_class
    from {{ ref('ref_verbs') }}
    group by {{ fold_iri('verb_iri') }}

),

types as (

    select
        {{ fold_iri('activity_type_iri') }} as type_fold,
        min(activity_type_code) as activity_type_code,
        min(type_group) as type_group
    from {{ ref('ref_activity_types') }}
    group by {{ fold_iri('activity_type_iri') }}

),

platforms as (

    select
        statements.platform,
        statements.source_name,
        min_by(patterns.platform_kind, patterns.pattern_order) as platform_kind
    from (
        select distinct
            platform,
            source_name
        from {{ ref('int_statements_settled') }}
    ) as statements
    inner join {{ ref('ref_platforms') }} as patterns
        on
            ' ' || lower(coalesce(statements.platform, statements.source_name)) || ' '
            like '% ' || patterns.platform_pattern || ' %'
    group by statements.platform, statements.source_name

),

-- Only what counts: the first of its id, neither voided nor voiding.
statements as (

    select
        settled.*,
        coalesce(verbs.verb_code, 'unmapped') as verb_code,
        coalesce(verbs.verb_class, 'unmapped') as listed_class,
        types.activity_type_code,
        types.type_group,
        platforms.platform_kind
    from {{ ref('int_statements_settled') }} as settled
    left join verbs on {{ fold_iri('settled.verb_iri') }} = verbs.verb_fold
    left join types on {{ fold_iri('settled.activity_type_iri') }} = types.type_fold
    left join platforms
        on
            settled.source_name = platforms.source_name
            and coalesce(settled.platform, '') = coalesce(platforms.platform, '')
    where settled.delivery_status = 'unique' and not settled.is_voided and not settled.is_voiding

),

questions as (

    select
        statement_id as question_id,
        actor_ifi_value as asker
    from statements
    where verb_code = 'asked'

)

select
    {% for column in [
        'statement_id', 'registration_id', 'session_id', 'statement_ref_id', 'batch_id', 'position', 'source_name',
        'actor_type', 'actor_ifi_kind', 'actor_ifi_value', 'verb_iri', 'verb_code', 'object_type', 'object_id',
        'activity_type_iri', 'activity_type_code', 'type_group', 'activity_name', 'platform_kind',
        'instructor_ifi_value', 'team_ifi_value', 'delivery_mode', 'parent_ids', 'grouping_ids',
        'context_type_iris', 'duration_seconds', 'played_seconds', 'occurred_at', 'stored_at', 'loaded_at',
    ] %}
        statements.{{ column }},
    {% endfor %}
    case  -- D3: what some verbs mean depends on what they act upon
        when
            statements.verb_code in ('attempted', 'performed', 'interacted')
            and statements.type_group in ('simulation', 'performance', 'checklist') then 'practise'
        when
            statements.verb_code = 'attempted'
            and statements.type_group in ('course', 'path', 'video', 'document') then 'admin'
        when statements.verb_code in ('responded', 'evaluated') and statements.type_group = 'interaction'
            then 'assess'
        when
            statements.verb_code in ('liked', 'disliked', 'voted', 'voted_up', 'voted_down')
            and statements.response is not null then 'opinion'
        when statements.verb_code = 'rated' and statements.response is null then 'admin'
        when
            statements.verb_code in ('answered', 'replied', 'responded')
            and questions.asker <> statements.actor_ifi_value then 'teach'
        else statements.listed_class
    end as verb_class,
    statements.verb_code = 'unmapped' as is_unmapped_verb,
    statements.activity_type_iri is not null and statements.activity_type_code is null as is_unmapped_type,
    (not statements.is_time_inferred or statements.stored_at is not null)
    and {{ is_plausible_instant('statements.occurred_at') }} as is_timed,
    (statements.verb_code = 'asked' and {{ is_put_to_people('statements.type_group') }})
    or coalesce(
        statements.is_success,
        try_cast({{ json_text('statements.extensions_json', [
            'result', 'https://w3id.org/tilth/extensions/result-count'
        ]) }} as double) > 0,
        false
    ) as is_seek_successful
from statements
left join questions on statements.statement_ref_id = questions.question_id
