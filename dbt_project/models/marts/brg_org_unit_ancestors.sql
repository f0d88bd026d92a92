{% set levels = 12 %}

with

units as (

    select
        org_unit_key,
        parent_org_unit_key
    from {{ ref('dim_org_units') }}

),

distance_0 as (

    select
        org_unit_key,
        org_unit_key as ancestor_key
    from units

),

{% for level in range(1, levels + 1) %}
    distance_{{ level }} as (

        select
            below.org_unit_key,
            units.parent_org_unit_key as ancestor_key
        from distance_{{ level - 1 }} as below
        inner join units on below.ancestor_key = units.org_unit_key
        where units.parent_org_unit_key is not null

    ),

{% endfor %}

united as (

    {% for level in range(0, levels + 1) %}
        {% if level %}union all{% endif %}
        select
            *,
            {{ level }} as distance
        from distance_{{ level }}
    {% endfor %}

)

select
    org_unit_key,
    ancestor_key,
    distance
from united
