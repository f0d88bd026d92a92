-- Among sibling units, among segments or subjects of a unit, and among the components of a unit, there
-- is never exactly one hidden cell beside visible ones.
with

figures as (

    select
        figures.*,
        units.parent_org_unit_key
    from {{ ref('metric_values') }} as figures
    inner join {{ ref('dim_org_units') }} as units on figures.org_unit_key = units.org_unit_key

),

component_periods as (

    select
        periods.*,
        units.parent_org_unit_key
    from {{ ref('rpt_component_periods') }} as periods
    inner join {{ ref('dim_org_units') }} as units on periods.org_unit_key = units.org_unit_key

),

alone as (

    select
        'sibling units' as what,
        metric_id as of_what,
        period_start
    from figures
    group by
        metric_id, measure, subject_type, subject_key, parent_org_unit_key, period_grain, period_start,
        segment_dimension, segment_value
    having sum(case when is_suppressed then 1 else 0 end) = 1 and count(*) > 1

    union all

    select
        'segments' as what,
        metric_id as of_what,
        period_start
    from figures
    group by
        metric_id, measure, subject_type, subject_key, org_unit_key, period_grain, period_start,
        segment_dimension
    having sum(case when is_suppressed then 1 else 0 end) = 1 and count(*) > 1

    union all

    select
        'subjects' as what,
        metric_id as of_what,
        period_start
    from figures
    group by
        metric_id, measure, subject_type, org_unit_key, period_grain, period_start, segment_dimension,
        segment_value
    having sum(case when is_suppressed then 1 else 0 end) = 1 and count(*) > 1

    union all

    select
        'units of a component' as what,
        component as of_what,
        period_start
    from component_periods
    group by parent_org_unit_key, component, period_grain, period_start
    having sum(case when is_suppressed then 1 else 0 end) = 1 and count(*) > 1

    union all

    select
        'components of a unit' as what,
        org_unit_key as of_what,
        period_start
    from component_periods
    group by org_unit_key, period_grain, period_start
    having sum(case when is_suppressed then 1 else 0 end) = 1 and count(*) > 1

    union all

    select
        'verbs of a component' as what,
        org_unit_key as of_what,
        period_start
    from {{ ref('rpt_component_verbs') }}
    group by org_unit_key, component, period_grain, period_start
    having sum(case when is_suppressed then 1 else 0 end) = 1 and count(*) > 1

)

select * from alone
