-- Among the rows of one metric: segments and subjects add up to the whole, the states of HB11 to its sums.
-- In no such sum is exactly one row hidden, and where the total and a part are shown, the hidden parts are
-- not all of too few people. Four weeks of HB04 add up to the numerator of HB05.
with

raw_values as (
    {{ every_metric() }}
),

figures as (

    select
        raw_values.*,
        coalesce(shown.is_suppressed, true) as is_suppressed
    from raw_values
    inner join {{ ref('ref_metrics') }} as metrics on raw_values.metric_id = metrics.metric_id
    left join {{ ref('metric_values') }} as shown
        on
            raw_values.metric_id = shown.metric_id
            and raw_values.measure = shown.measure
            and raw_values.subject_type = shown.subject_type
            and raw_values.subject_key = shown.subject_key
            and raw_values.org_unit_key = shown.org_unit_key
            and raw_values.period_grain = shown.period_grain
            and raw_values.period_start = shown.period_start
            and raw_values.segment_dimension = shown.segment_dimension
            and raw_values.segment_value = shown.segment_value
    where metrics.is_people_metric and raw_values.n_people > 0

),

members as (

    select
        metric_id || ' segments ' || measure || ' ' || subject_key || ' ' || org_unit_key as what,
        period_start,
        segment_dimension = 'all' as is_total,
        n_people,
        is_suppressed
    from figures

    union all

    select
        metric_id || ' subjects ' || measure || ' ' || segment_value || ' ' || org_unit_key as what,
        period_start,
        subject_type = 'all' as is_total,
        n_people,
        is_suppressed
    from figures
    where segment_dimension = 'all'

    union all

    select
        metric_id || ' active states' as what,
        period_start,
        measure = 'wal' as is_total,
        n_people,
        is_suppressed
    from figures
    where metric_id = 'HB11' and measure in ('wal', 'new', 'current', 'reactivated', 'resurrected')

    union all

    select
        metric_id || ' all states' as what,
        period_start,
        measure = 'exposed' as is_total,
        n_people,
        is_suppressed
    from figures
    where metric_id = 'HB11' and measure in ('exposed', 'wal', 'at_risk', 'dormant', 'never')

)

select
    what,
    period_start
from members
group by what, period_start
having
    (sum(case when is_suppressed then 1 else 0 end) = 1 and count(*) > 1)
    or (
        sum(case when is_suppressed then 1 else 0 end) > 0
        and sum(case when not is_suppressed and not is_total then 1 else 0 end) > 0
        and max(case when is_suppressed then n_people end) < {{ var('minimum_cell') }}
    )

union all

select
    'HB04 week of HB05 ' || weeks.org_unit_key as what,
    weeks.period_start
from figures as weeks
inner join figures as windows
    on
        weeks.org_unit_key = windows.org_unit_key
        and weeks.period_start between windows.period_start and windows.period_start + interval 21 day
where
    weeks.metric_id = 'HB04' and weeks.measure = 'wal' and weeks.is_suppressed
    and windows.metric_id = 'HB05' and not windows.is_suppressed

union all

-- these say the minutes or the people of a cell of the reports
select
    figures.metric_id || ' beside the reports ' || figures.org_unit_key || ' ' || cells.component as what,
    figures.period_start
from figures
inner join {{ ref('met_component_cells') }} as cells
    on
        figures.org_unit_key = cells.org_unit_key
        and figures.segment_value = cells.component
        and figures.period_grain = cells.period_grain
        and figures.period_start = cells.period_start
where
    figures.metric_id in ('X01', 'PE02', 'HB16', 'HB04') and figures.measure <> 'mal'
    and cells.part_key = 'all' and not figures.is_suppressed and cells.is_suppressed
