{# The deepest org chart that is read; units below it, or in a circle, hang under the company. #}
{% set levels = 12 %}

with

listed as (

    select
        units.org_unit_id,
        units.org_unit_name,
        parents.org_unit_id as parent_org_unit_id
    from {{ ref('stg_landing__org_units') }} as units
    left join {{ ref('stg_landing__org_units') }} as parents on units.parent_org_unit_id = parents.org_unit_id

),

-- A single root is the company; several, or none, hang under one of our own.
company as (

    select
        case when count(*) = 1 then max(org_unit_id) end as org_unit_id,
        case when count(*) = 1 then max(org_unit_name) else 'Company' end as org_unit_name
    from listed
    where parent_org_unit_id is null

),

keyed as (

    select
        listed.org_unit_id,
        listed.org_unit_id as org_unit_key,
        listed.org_unit_name,
        case
            when listed.parent_org_unit_id is null or listed.parent_org_unit_id = company.org_unit_id
                then 'company'
            else listed.parent_org_unit_id
        end as parent_org_unit_key
    from listed
    cross join company
    where company.org_unit_id is null or listed.org_unit_id <> company.org_unit_id

),

level_0 as (

    select
        org_unit_id,
        'company' as org_unit_key,
        org_unit_name,
        cast(null as {{ dbt.type_string() }}) as parent_org_unit_key,
        org_unit_name as sort_path
    from company

),

{% for level in range(1, levels + 1) %}
    level_{{ level }} as (

        select
            keyed.*,
            above.sort_path || ' / ' || keyed.org_unit_name as sort_path
        from keyed
        inner join level_{{ level - 1 }} as above on keyed.parent_org_unit_key = above.org_unit_key

    ),

{% endfor %}

reached as (

    {% for level in range(0, levels + 1) %}
        {% if level %}union all{% endif %}
        select
            *,
            {{ level }} as depth
        from level_{{ level }}
    {% endfor %}

)

select
    org_unit_id,
    org_unit_key,
    org_unit_name,
    parent_org_unit_key,
    sort_path,
    depth
from reached

union all

select
    keyed.org_unit_id,
    keyed.org_unit_key,
    keyed.org_unit_name,
    'company' as parent_org_unit_key,
    company.org_unit_name || ' / ' || keyed.org_unit_name as sort_path,
    1 as depth
from keyed
cross join company
where keyed.org_unit_key not in (select reached.org_unit_key from reached)
