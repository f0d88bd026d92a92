{# Hides small cells: the one place where suppression is decided, for metrics and reports alike.

   Emits CTEs from `cells` to `cells_settled`, which adds `is_suppressed`. A cell is hidden when
   1. it is about people and rests on fewer than `minimum_cell` of them (n_people), or
   2. it is the next smallest of a group in which exactly one cell is hidden, so that the hidden one
      cannot be had by subtraction from the total. Groups are the sibling units of one parent, and
      what `within` lists (segments or subjects of one unit), or
   3. a unit above it is hidden, so that this one cannot be had by adding up its parts.
   Totals stay: a hidden cell never hides its parent.

   cells:  must carry org_unit_key, parent_org_unit_key, n_people, minimum_cell, is_people_metric
   keys:   every other column that identifies a cell
   within: lists of columns; the cells of one unit that share them add up to a visible total #}
{% macro small_cells(cells, keys, within) -%}
{%- set siblings = keys + ['parent_org_unit_key'] -%}
{%- set passes = [siblings] -%}
{%- for columns in within -%}
    {%- do passes.append(columns + ['org_unit_key']) -%}
{%- endfor -%}
{%- do passes.append(siblings) -%}
cells_pass_0 as (
    select
        *,
        is_people_metric and coalesce(n_people, 0) < minimum_cell as is_hidden_0
    from {{ cells }}
),
{% for columns in passes %}
cells_pass_{{ loop.index }} as (
    select
        *,
        {{ hidden_with_partner('is_hidden_' ~ loop.index0, columns, keys) }} as is_hidden_{{ loop.index }}
    from cells_pass_{{ loop.index0 }}
),
{% endfor %}
cells_under_hidden_units as (
    select distinct
        ancestors.org_unit_key,
        {% for key in keys %}hidden.{{ key }}{{ ', ' if not loop.last }}{% endfor %}
    from cells_pass_{{ passes | length }} as hidden
    inner join {{ ref('brg_org_unit_ancestors') }} as ancestors
        on hidden.org_unit_key = ancestors.ancestor_key and ancestors.distance > 0
    where hidden.is_hidden_{{ passes | length }}
),
cells_settled as (
    select
        cells.*,
        cells.is_hidden_{{ passes | length }} or above.org_unit_key is not null as is_suppressed
    from cells_pass_{{ passes | length }} as cells
    left join cells_under_hidden_units as above
        on
            cells.org_unit_key = above.org_unit_key
            {%- for key in keys %}
            and cells.{{ key }} = above.{{ key }}
            {%- endfor %}
)
{%- endmacro %}

{# Hidden already, or the smallest visible cell of a group with exactly one hidden cell. #}
{% macro hidden_with_partner(is_hidden, columns, keys) -%}
    {%- set group = columns | join(', ') -%}
    {{ is_hidden }}
    or (
        sum(case when {{ is_hidden }} then 1 else 0 end) over (partition by {{ group }}) = 1
        and row_number() over (
            partition by {{ group }}, {{ is_hidden }}
            order by n_people, org_unit_key, {{ keys | join(', ') }}
        ) = 1
    )
{%- endmacro %}
