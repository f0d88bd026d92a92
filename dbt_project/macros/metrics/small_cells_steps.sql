{# One step of small_cells each: `settled_<after>` from `settled_<before>`. The rules are named there. #}

{# Rule 3. Parts share people, so of the hidden ones only the largest is sure to be as many as it says. #}
{% macro hidden_in_group(before, after, group, keys) -%}
{%- set member = group.get('member', 'true') -%}
{%- set total = group.get('total', 'false') -%}
{%- set hidden = member ~ ' and is_hidden_' ~ before -%}
{%- set over = 'over (partition by ' ~ (['org_unit_key'] + group.by) | join(', ') ~ ')' -%}
settled_{{ after }} as (
    select
        *,
        is_hidden_{{ before }}
        or coalesce(
            {{ member }} and n_people > 0
            and row_number() over (
                partition by
                    org_unit_key, {{ group.by | join(', ') }},
                    {{ member }} and n_people > 0 and not is_hidden_{{ before }}
                order by {{ total }}, n_people, {{ keys | join(', ') }}
            ) = 1
            and (
                sum(case when {{ hidden }} then 1 else 0 end) {{ over }} = 1
                or (
                    not ({{ total }})
                    and max(case when {{ hidden }} then n_people end) {{ over }} < minimum_cell
                )
            ),
            false
        ) as is_hidden_{{ after }}
    from settled_{{ before }}
)
{%- endmacro %}

{# Rule 2. `left_people` is what a reader subtracts; one by one the smallest visible sub-units join it. #}
{% macro hidden_among_siblings(before, after, keys) -%}
{%- set siblings = (['parent_org_unit_key'] + keys) | join(', ') -%}
left_{{ after }} as (
    select
        *,
        parent_people - sum(case when is_hidden_{{ before }} then 0 else n_people end)
            over (partition by {{ siblings }}) as left_people_{{ after }},
        sum(case when is_hidden_{{ before }} and n_people > 0 then 1 else 0 end)
            over (partition by {{ siblings }}) as hidden_units_{{ after }},
        parent_people - sum(n_people) over (partition by {{ siblings }}) as direct_people_{{ after }},
        coalesce(sum(n_people) over (
            partition by {{ siblings }}, is_hidden_{{ before }} order by n_people, org_unit_key
            rows between unbounded preceding and 1 preceding
        ), 0) as smaller_people_{{ after }},
        row_number() over (
            partition by {{ siblings }}, is_hidden_{{ before }} order by n_people, org_unit_key
        ) as place_{{ after }}
    from settled_{{ before }}
),
settled_{{ after }} as (
    select
        *,
        is_hidden_{{ before }}
        or coalesce(
            n_people > 0
            and hidden_units_{{ after }} + direct_people_{{ after }} > 0
            and (
                left_people_{{ after }} + smaller_people_{{ after }} < minimum_cell
                or (
                    hidden_units_{{ after }} = 1 and direct_people_{{ after }} = 0
                    and place_{{ after }} = 1
                )
            ),
            false
        ) as is_hidden_{{ after }}
    from left_{{ after }}
)
{%- endmacro %}

{# Rule 4: below a hidden unit, and above a hidden one in which all of its people are. #}
{% macro hidden_below(before, after, keys) -%}
hidden_above_{{ after }} as (
    select distinct
        ancestors.org_unit_key,
        {% for key in keys -%}
            cells.{{ key }}{{ ', ' if not loop.last }}
        {%- endfor %}
    from settled_{{ before }} as cells
    inner join {{ ref('brg_org_unit_ancestors') }} as ancestors
        on cells.org_unit_key = ancestors.ancestor_key and ancestors.distance > 0
    where cells.is_hidden_{{ before }}
    union
    select
        parent_org_unit_key as org_unit_key,
        {{ keys | join(', ') }}
    from settled_{{ before }}
    where is_hidden_{{ before }} and n_people > 0 and n_people = parent_people
),
settled_{{ after }} as (
    select
        cells.*,
        cells.is_hidden_{{ before }} or above.org_unit_key is not null as is_hidden_{{ after }}
    from settled_{{ before }} as cells
    left join hidden_above_{{ after }} as above
        on cells.org_unit_key = above.org_unit_key {{ same_keys(keys, 'cells', 'above') }}
)
{%- endmacro %}

{% macro same_keys(keys, one, other) -%}
    {% for key in keys %} and {{ one }}.{{ key }} = {{ other }}.{{ key }} {%- endfor %}
{%- endmacro %}
