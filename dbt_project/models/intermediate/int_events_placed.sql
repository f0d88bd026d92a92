with

-- Each distinct situation meets the rules once, not each event.
situations as (

    select distinct
        verb_class,
        type_group,
        platform_kind,
        delivery_mode,
        is_in_path,
        context_group
    from {{ ref('int_events_situated') }}

),

-- First match wins; an empty cell of a rule matches anything.
ruled as (

    select
        situations.verb_class,
        situations.type_group,
        situations.platform_kind,
        situations.delivery_mode,
        situations.is_in_path,
        situations.context_group,
        min_by(rules.rule_id, rules.rule_order) as rule_id,
        min_by(rules.component, rules.rule_order) as component
    from situations
    inner join {{ ref('ref_component_rules') }} as rules
        on
            coalesce(rules.verb_class, '') in ('', situations.verb_class)
            and coalesce(rules.type_group, '') in ('', situations.type_group)
            and coalesce(rules.platform_kind, '') in ('', situations.platform_kind)
            and coalesce(rules.delivery_mode, '') in ('', situations.delivery_mode)
            and coalesce(rules.is_in_path, '') in ('', cast(situations.is_in_path as {{ dbt.type_string() }}))
            and coalesce(rules.context_group, '') in ('', situations.context_group)
    group by
        situations.verb_class,
        situations.type_group,
        situations.platform_kind,
        situations.delivery_mode,
        situations.is_in_path,
        situations.context_group

),

catalogue as (

    select count(*) > 0 as is_landed
    from {{ ref('stg_landing__content_catalogue') }}

)

select
    events.statement_id,
    ruled.component,
    ruled.rule_id,
    -- formal > social > experiential (D4); unknown while no catalogue says what is offered
    case
        when not catalogue.is_landed then null
        when events.is_formal then 'formal'
        when events.is_social then 'social'
        else 'experiential'
    end as mode,
    events.is_in_path
from {{ ref('int_events_situated') }} as events
cross join catalogue
inner join ruled
    on
        events.verb_class is not distinct from ruled.verb_class
        and events.type_group is not distinct from ruled.type_group
        and events.platform_kind is not distinct from ruled.platform_kind
        and events.delivery_mode is not distinct from ruled.delivery_mode
        and events.is_in_path is not distinct from ruled.is_in_path
        and events.context_group is not distinct from ruled.context_group
