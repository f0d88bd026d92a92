{{ config(materialized='table') }}

with

actors as (

    select
        actor_ifi_kind,
        actor_ifi_value,
        max(lower(actor_account_name)) as account_name
    from {{ ref('int_statements_settled') }}
    where actor_ifi_kind is not null and coalesce(actor_type, 'Agent') <> 'Group'
    group by actor_ifi_kind, actor_ifi_value

),

-- What an identifier may be looked up by, one row each, so that no join needs an OR.
lookups as (

    {% for kind, method, value in [
        ('mbox', 'email', 'actor_ifi_value'),
        ('mbox_sha1sum', 'email_sha1', 'actor_ifi_value'),
        ('account', 'email', 'account_name'),
        ('account', 'username', 'account_name'),
        ('account', 'employee_id', 'account_name'),
    ] %}
        {% if not loop.first %}union all{% endif %}
        select
            actor_ifi_kind,
            actor_ifi_value,
            '{{ method }}' as identity_method,
            lower({{ value }}) as lookup_value
        from actors
        where actor_ifi_kind = '{{ kind }}'
    {% endfor %}

),

identifiers as (

    {% for method, value in [
        ('email', 'email'),
        ('email_sha1', "sha1('mailto:' || email)"),
        ('username', 'username'),
        ('employee_id', 'lower(employee_id)'),
    ] %}
        {% if not loop.first %}union all{% endif %}
        select
            employee_id,
            '{{ method }}' as identity_method,
            {{ value }} as lookup_value
        from {{ ref('stg_landing__employees') }}
    {% endfor %}

),

-- Linked to exactly one person, or to nobody: an identifier that two people share names neither.
linked as (

    select
        lookups.actor_ifi_kind,
        lookups.actor_ifi_value,
        min(identifiers.employee_id) as employee_id,
        min(lookups.identity_method) as identity_method
    from lookups
    inner join identifiers
        on
            lookups.identity_method = identifiers.identity_method
            and lookups.lookup_value = identifiers.lookup_value
    group by lookups.actor_ifi_kind, lookups.actor_ifi_value
    having count(distinct identifiers.employee_id) = 1

)

select
    case
        when linked.employee_id is not null then {{ surrogate_key(["'employee'", 'linked.employee_id']) }}
        else {{ surrogate_key(['actors.actor_ifi_kind', 'actors.actor_ifi_value']) }}
    end as learner_key,
    linked.employee_id,
    actors.actor_ifi_kind,
    actors.actor_ifi_value,
    coalesce(linked.identity_method, 'ifi') as identity_method,
    linked.employee_id is not null as is_resolved
from actors
left join linked
    on
        actors.actor_ifi_kind = linked.actor_ifi_kind
        and actors.actor_ifi_value = linked.actor_ifi_value
