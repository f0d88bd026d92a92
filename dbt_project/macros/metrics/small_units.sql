{# `shown` from `cells_settled`, for metric_values: a unit that is too small in the period (met_unit_periods)
   has the rows of the company, emptied, whether or not anybody in it learned. `columns` are all but
   org_unit_key. HB09 and HB11 are of the company only. #}
{% macro with_small_units(columns) -%}
shown as (

    select
        {% for column in columns %}
            cells_settled.{{ column }},
        {% endfor %}
        cells_settled.org_unit_key
    from cells_settled
    where
        not (cells_settled.is_suppressed and cells_settled.subject_type = 'space')
        and not (
            cells_settled.is_people_metric
            and cells_settled.is_unit_hidden
            and cells_settled.org_unit_key <> 'company'
        )

    union all

    select
        {% for column in columns %}
            {{ 'true as is_suppressed' if column == 'is_suppressed' else 'cells_settled.' ~ column }},
        {% endfor %}
        sizes.org_unit_key
    from cells_settled
    inner join {{ ref('met_unit_periods') }} as sizes
        on
            cells_settled.period_grain = sizes.period_grain
            and cells_settled.period_start = sizes.period_start
    where
        cells_settled.org_unit_key = 'company'
        and cells_settled.is_people_metric
        and cells_settled.subject_type = 'all'
        and cells_settled.metric_id not in ('HB09', 'HB11')
        and sizes.is_suppressed
        and sizes.org_unit_key <> 'company'

)
{%- endmacro %}
