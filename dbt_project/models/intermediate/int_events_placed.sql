{% set keys = ['verb_class', 'type_group', 'platform_kind', 'delivery_mode', 'is_in_path', 'context_group'] %}

with

events as (

    select * from {{ ref('int_events_situated') }}

),

-- Each distinct situation meets the rules once, not each event.
situations as (

    select distinct {{ keys | join(', ') }}
    from events

),

ruled as (

    select
        {% for key in keys %}
            situations.{{ key }},
        {% endfor %}
        min_by(rules.rule_id, rules.rule_order) as rule_id,
        min_by(rules.component, rules.rule_order) as component
    from situations
    inner join {{ ref('ref_component_rules') }} as rules
        on
            {% for key in keys %}
                {% if not loop.first %}and {% endif %}coalesce(rules.{{ key }}, '') in ('', cast(situations.{{ key }} as {{ dbt.type_string() }}))
            {% endfor %}
    group by {% for key in keys %}situations.{{ key }}{% if not loop.last %}, {% endif %}{% endfor %}

)

select
    events.statement_id,
    ruled.component,
    ruled.rule_id,
    -- formal > social > experiential (D4); unknown while no catalogue says what is offered
    case
        when (select count(*) from {{ ref('stg_landing__content_catalogue') }}) = 0 then null
        when events.is_formal then 'formal'
        when events.is_social then 'social'
        else 'experiential'
    end as mode,
    events.is_in_path
from events
inner join ruled
    on
        {% for key in keys %}
            {% if not loop.first %}and {% endif %}events.{{ key }} is not distinct from ruled.{{ key }}
        {% endfor %}
