-- Of a unit with fewer people on its list in a period than a cell needs, nothing is shown, and all such
-- units have the same rows, whatever anybody in them did. What is left of a unit without its shown sub-units
-- is nobody or enough people too. Reckoned from employment and from what is published.
{% set reports = {
    'rpt_component_periods': ['component'],
    'rpt_component_verbs': ['component'],
    'rpt_component_activities': ['component'],
    'metric_values': ['metric_id', 'measure', 'segment_dimension', 'segment_value'],
} %}
with
published as (
    {% for report, keys in reports.items() %}
        {{ 'union all' if not loop.first }}
        select
            '{{ report }} ' || rows_of.{{ keys | join(" || ' ' || rows_of.") }} as what,
            rows_of.org_unit_key,
            rows_of.period_grain,
            rows_of.period_start,
            rows_of.is_suppressed
        from {{ ref(report) }} as rows_of
        {% if report == 'metric_values' %}
            inner join {{ ref('metric_catalogue') }} as catalogue
                on rows_of.metric_id = catalogue.metric_id
            where
                catalogue.is_people_metric
                and rows_of.subject_type = 'all'
                and rows_of.metric_id not in ('HB09', 'HB11')
        {% endif %}
    {% endfor %}
),

periods as (
    select distinct
        period_grain,
        period_start,
        case period_grain
            {% for grain in ['week', 'four_weeks', 'month', 'quarter'] %}
                when '{{ grain }}' then {{ period_end(grain, 'period_start') }}
            {% endfor %}
        end as period_end
    from published
),

shown as (
    select distinct
        org_unit_key,
        period_grain,
        period_start
    from published
    where not is_suppressed
),

sizes as (
    select
        units.org_unit_key,
        units.parent_org_unit_key,
        periods.period_grain,
        periods.period_start,
        count(people.learner_key) as headcount,
        max(case when shown.org_unit_key is null then 0 else 1 end) = 1 as is_shown
    from {{ ref('dim_org_units') }} as units
    cross join periods
    cross join {{ ref('met_clock') }} as clock
    inner join {{ ref('brg_org_unit_ancestors') }} as ancestors on units.org_unit_key = ancestors.ancestor_key
    left join shown
        on
            units.org_unit_key = shown.org_unit_key
            and periods.period_grain = shown.period_grain
            and periods.period_start = shown.period_start
    left join {{ ref('dim_learners') }} as people
        on
            ancestors.org_unit_key = people.org_unit_key
            and people.is_resolved
            and coalesce(periods.period_end >= people.hire_date, true)
            and coalesce(periods.period_start <= people.leave_date, true)
    where clock.has_employees
    group by units.org_unit_key, units.parent_org_unit_key, periods.period_grain, periods.period_start
),

small as (
    select
        *,
        count(*) over (partition by period_grain, period_start) as unit_count
    from sizes
    where headcount < {{ var('minimum_cell') }} and org_unit_key <> 'company'
)

select
    max(small.org_unit_key) as org_unit_key,
    small.period_grain,
    small.period_start,
    published.what
from small
inner join published
    on
        small.org_unit_key = published.org_unit_key
        and small.period_grain = published.period_grain
        and small.period_start = published.period_start
group by small.period_grain, small.period_start, published.what
having count(distinct small.org_unit_key) < max(small.unit_count) or not bool_and(published.is_suppressed)

union all

select
    parents.org_unit_key,
    parents.period_grain,
    parents.period_start,
    'what is left without the sub-units shown' as what
from sizes as parents
inner join sizes as parts
    on
        parents.org_unit_key = parts.parent_org_unit_key
        and parents.period_grain = parts.period_grain
        and parents.period_start = parts.period_start
where parents.is_shown
group by parents.org_unit_key, parents.period_grain, parents.period_start, parents.headcount
having
    parents.headcount - sum(case when parts.is_shown then parts.headcount else 0 end)
    between 1 and {{ var('minimum_cell') }} - 1
