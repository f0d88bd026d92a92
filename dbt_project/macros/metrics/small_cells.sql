{# Hides small cells: the one place where suppression is decided, for metrics and reports alike.

   Emits CTEs from `cells` to `cells_settled`, which adds `is_suppressed`. A cell is hidden when
   1. it is about people and rests on fewer than `minimum_cell` of them (n_people), or
   2. it is the next smallest of a group in which exactly one cell is hidden, so that the hidden one
      cannot be had by subtraction from the total. Groups are the sibling units of one parent, and
      what `within` lists (segments or subjects of one unit), or
   3. a unit above it is hidden, so that this one cannot be had by adding up its parts.
   Each may call for another, so all are applied twice. Totals stay: a hidden cell never hides its
   parent.

   cells:  must carry org_unit_key, parent_org_unit_key, n_people, minimum_cell, is_people_metric
   keys:   every other column that identifies a cell
   within: lists of columns; the cells of one unit that share them add up to a visible total #}
{% macro small_cells(cells, keys, within) -%}
{%- set siblings = keys + ['parent_org_unit_key'] -%}
{%- set groups = [siblings] -%}
{%- for columns in within -%}
    {%- do groups.append(columns + ['org_unit_key']) -%}
{%- endfor -%}
{%- set steps = groups + [siblings, 'below'] + groups + [siblings, 'below'] -%}
hidden_0 as (
    select
        *,
        is_people_metric and coalesce(n_people, 0) < minimum_cell as is_hidden_0
    from {{ cells }}
),
{% for step in steps %}
{% if step == 'below' -%}
{{ hidden_below(loop.index0, loop.index, keys) }}
{%- else -%}
{{ hidden_with_partner(loop.index0, loop.index, step, keys) }}
{%- endif %},
{% endfor %}
cells_settled as (
    select
        *,
        is_hidden_{{ steps | length }} as is_suppressed
    from hidden_{{ steps | length }}
)
{%- endmacro %}

{# One step: hide the smallest visible cell of every group that has exactly one hidden cell. #}
{% macro hidden_with_partner(before, after, columns, keys) -%}
hidden_{{ after }} as (
    select
        *,
        is_hidden_{{ before }}
        or (
            sum(case when is_hidden_{{ before }} then 1 else 0 end)
                over (partition by {{ columns | join(', ') }}) = 1
            and row_number() over (
                partition by {{ columns | join(', ') }}, is_hidden_{{ before }}
                order by n_people, org_unit_key, {{ keys | join(', ') }}
            ) = 1
        ) as is_hidden_{{ after }}
    from hidden_{{ before }}
)
{%- endmacro %}

{# One step: hide every cell of the units below a hidden one. #}
{% macro hidden_below(before, after, keys) -%}
hidden_above_{{ after }} as (
    select distinct
        ancestors.org_unit_key,
        {% for key in keys -%}
            cells.{{ key }}{{ ', ' if not loop.last }}
        {%- endfor %}
    from hidden_{{ before }} as cells
    inner join {{ ref('brg_org_unit_ancestors') }} as ancestors
        on cells.org_unit_key = ancestors.ancestor_key and ancestors.distance > 0
    where cells.is_hidden_{{ before }}
),
hidden_{{ after }} as (
    select
        cells.*,
        cells.is_hidden_{{ before }} or above.org_unit_key is not null as is_hidden_{{ after }}
    from hidden_{{ before }} as cells
    left join hidden_above_{{ after }} as above
        on
            cells.org_unit_key = above.org_unit_key
            {% for key in keys -%}
            and cells.{{ key }} = above.{{ key }}
            {% endfor %}
)
{%- endmacro %}
