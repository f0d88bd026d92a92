{# Hides small cells: the one place where suppression is decided, for metrics and reports alike (decision
   0008). Emits CTEs from `settled_0` to `cells_settled`, which adds `is_suppressed`. A cell is hidden when
   1. it is about people and rests on 1 to minimum_cell - 1 of them, or `is_hidden_above` says so, or
   2. what is left of a parent unit without its visible sub-units would be fewer than minimum_cell people,
      or one hidden sub-unit: then the smallest visible ones go too. What is left includes the people
      directly in the parent, who are a sibling without a row: a person has one unit, so they are the
      parent's people less those of all its sub-units. Or
   3. it is the smallest visible one of a group that adds up, of which exactly one cell is hidden, or of
      whose parts the hidden ones may all be of the same few people, or
   4. a unit above it is hidden, so that this one cannot be had by adding up its parts; or all of its
      people are in one sub-unit that is hidden, so that the two say the same.
   Each may call for another, so all are applied `rounds` times. Where one more round would still hide
   something of what `closing` names, all of that goes; else the tests in tests/metrics say that `rounds`
   was not enough. A total goes only where nothing else is left that could.

   cells:  must carry org_unit_key, parent_org_unit_key, n_people, minimum_cell, is_people_metric and
           is_hidden_above (true: a table that this one adds up to hides it)
   keys:   every other column that identifies a cell
   groups: dicts of `by`, the columns that the cells of a group share besides org_unit_key; `member`, the
           condition of those that take part; `total`, that of the ones to which the others add up
   also:   a condition on windows over a step, true for cells that go with others (metric_values)
   closing: a group (`by`, over all units; `member`) that may go whole: parts to which nothing adds up #}
{% macro small_cells(cells, keys, groups, also=none, rounds=4, closing=none) -%}
{%- set steps = [] -%}
{%- for round in range(rounds + (1 if closing else 0)) -%}
    {%- for group in groups -%} {%- do steps.append(group) -%} {%- endfor -%}
    {%- if also -%} {%- do steps.append({'also': also}) -%} {%- endif -%}
    {%- do steps.append({'siblings': keys}) -%}
    {%- do steps.append({'below': keys}) -%}
{%- endfor -%}
settled_0 as (
    select
        cells.*,
        above.n_people as parent_people,
        cells.is_hidden_above
        or (
            cells.is_people_metric
            and (cells.n_people is null or cells.n_people between 1 and cells.minimum_cell - 1)
        ) as is_hidden_0
    from {{ cells }} as cells
    left join {{ cells }} as above
        on
            cells.parent_org_unit_key = above.org_unit_key
            {{ same_keys(keys, 'cells', 'above') }}
),
{% for step in steps %}
{% if 'below' in step -%}
{{ hidden_below(loop.index0, loop.index, keys) }}
{%- elif 'siblings' in step -%}
{{ hidden_among_siblings(loop.index0, loop.index, keys) }}
{%- elif 'also' in step -%}
settled_{{ loop.index }} as (
    select
        *,
        is_hidden_{{ loop.index0 }}
        or {{ step.also | replace('is_hidden', 'is_hidden_' ~ loop.index0) }} as is_hidden_{{ loop.index }}
    from settled_{{ loop.index0 }}
)
{%- else -%}
{{ hidden_in_group(loop.index0, loop.index, step, keys) }}
{%- endif %},
{% endfor %}
cells_settled as (
    select
        *,
        is_hidden_{{ steps | length }}
        {%- if closing %}
        or coalesce(
            {{ closing.member }} and n_people > 0
            and max(case
                when
                    {{ closing.member }} and is_hidden_{{ steps | length }}
                    and not is_hidden_{{ steps | length - (steps | length) // (rounds + 1) }}
                    then 1
            end) over (partition by {{ closing.by | join(', ') }}) = 1,
            false
        )
        {%- endif %} as is_suppressed
    from settled_{{ steps | length }}
)
{%- endmacro %}
