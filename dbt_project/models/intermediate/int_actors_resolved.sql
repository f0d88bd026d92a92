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

    select
        actor_ifi_kind,
        actor_ifi_value,
        'email' as identity_method,
        lower(actor_ifi_value) as lookup_value
    from actors
    where actor_ifi_kind = 'mbox'

    union all

    select
        actor_ifi_kind,
        actor_ifi_value,
        'email_sha1' as identity_method,
        lower(actor_ifi_value) as lookup_value
    from actors
    where actor_ifi_kind = 'mbox_sha1sum'

    union all

    select
        actors.actor_ifi_kind,
        actors.actor_ifi_value,
        methods.identity_method,
        actors.account_name as lookup_value
    from actors
    cross join (
        select 'email' as identity_method
        union all
        select 'username' as identity_method
        union all
        select 'employee_id' as identity_method
    ) as methods
    where actors.actor_ifi_kind = 'account'

),

identifiers as (

    select
        employee_id,
        'email' as identity_method,
        email as lookup_value
    from {{ ref('stg_landing__employees') }}

    union all

    select
        employee_id,
        'email_sha1' as identity_method,
        sha1('mailto:' || email) as lookup_value
    from {{ ref('stg_landing__employees') }}

    union all

    select
        employee_id,
        'username' as identity_method,
        username as lookup_value
    from {{ ref('stg_landing__employees') }}

    union all

    select
        employee_id,
        'employee_id' as identity_method,
        lower(employee_id) as lookup_value
    from {{ ref('stg_landing__employees') }}

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
