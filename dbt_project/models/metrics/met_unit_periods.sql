-- How many people a unit has in a period, and in which periods it is too small to show anything: a hidden
-- figure beside a missing one would tell of the few in it, and what is left of a unit without its shown
-- sub-units of the few directly in it. By employment alone, so the same whether or not anybody learned.
{% set keys = ['period_grain', 'period_start'] %}

with

periods as (

    select
        period_grain,
        period_start
    from {{ ref('met_component_parts') }}

    {% for grain in ['week', 'four_weeks'] %}
        union

        select
            '{{ grain }}' as period_grain,
            week_start as period_start
        from {{ ref('fct_learner_weeks') }}
    {% endfor %}

    {% for facts in ['fct_registrations', 'fct_posts'] %}
        union

        select
            'month' as period_grain,
            local_month as period_start
        from {{ ref(facts) }}
    {% endfor %}

),

bounded as (

    select
        period_grain,
        period_start,
        case period_grain
            {% for grain in ['week', 'four_weeks', 'month', 'quarter'] %}
                when '{{ grain }}' then {{ period_end(grain, 'period_start') }}
            {% endfor %}
        end as period_end
    from periods
    where period_start is not null

),

listed as (

    select
        ancestors.ancestor_key as org_unit_key,
        coalesce(people.hire_date, date '1900-01-01') as hire_date,
        coalesce(people.leave_date, date '9999-12-31') as leave_date
    from {{ ref('dim_learners') }} as people
    inner join {{ ref('brg_org_unit_ancestors') }} as ancestors
        on people.org_unit_key = ancestors.org_unit_key
    where people.is_resolved

),

employed as (

    select
        listed.org_unit_key,
        bounded.period_grain,
        bounded.period_start,
        count(*) as n_people
    from listed
    inner join bounded
        on listed.hire_date <= bounded.period_end and listed.leave_date >= bounded.period_start
    group by listed.org_unit_key, bounded.period_grain, bounded.period_start

),

cells as (

    select
        units.org_unit_key,
        units.parent_org_unit_key,
        bounded.period_grain,
        bounded.period_start,
        coalesce(employed.n_people, 0) as n_people,
        -- figures of a unit with nobody in it would be of people who left
        clock.has_employees and employed.n_people is null as is_hidden_above,
        true as is_people_metric,
        {{ var('minimum_cell') }} as minimum_cell
    from {{ ref('dim_org_units') }} as units
    cross join bounded
    cross join {{ ref('met_clock') }} as clock
    left join employed
        on
            units.org_unit_key = employed.org_unit_key
            and bounded.period_grain = employed.period_grain
            and bounded.period_start = employed.period_start

),

{{ small_cells('cells', keys, []) }}

select
    org_unit_key,
    period_grain,
    n_people,
    is_suppressed,
    period_start
from cells_settled
