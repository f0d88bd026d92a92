{# True for a count of people that differs from another of its series by 1 to minimum_cell - 1, and is not
   the one to be shown: what came between two weeks is their difference, and may be hidden itself. Counts
   are sorted into steps of minimum_cell; of each step the highest is shown, unless that of the next step up
   is nearer than minimum_cell. So any two that are shown are equal or at least minimum_cell apart. #}
{% macro stands_too_near(people, series) -%}
{%- set step = 'floor(' ~ people ~ ' / ' ~ var('minimum_cell') ~ ')' -%}
    (
        {{ people }} < max({{ people }}) over (partition by {{ series }}, {{ step }})
        or coalesce(
            max({{ people }}) over (
                partition by {{ series }} order by {{ step }} range between 1 following and 1 following
            ) < {{ people }} + {{ var('minimum_cell') }},
            false
        )
    )
{%- endmacro %}
