-- What people do in a component: its activities in a period, those that most people used first. At most
-- `shown` of a unit, component and period. What is hidden is one row without a name: the row of an
-- activity would tell that somebody here used it. Hidden parts are settled before the list is cut, so a
-- list that happens to be complete gives nothing away either.
{% set shown = 20 %}

with

ranked as (

    select
        cells.*,
        row_number() over (
            partition by
                cells.org_unit_key, cells.component, cells.period_grain, cells.period_start,
                cells.is_suppressed, not cells.is_suppressed and cells.part_key = 'few'
            order by cells.n_people desc, cells.event_count desc, cells.part_key asc
        ) as place
    from {{ ref('met_report_cells') }} as cells
    where cells.breakdown = 'activity'

)

select
    ranked.org_unit_key,
    ranked.component,
    coalesce(activities.activity_key, 'hidden') as activity_key,
    activities.activity_title,
    activities.activity_type_name,
    ranked.period_grain,
    case when not ranked.is_suppressed then ranked.active_seconds end as active_seconds,
    case when not ranked.is_suppressed then ranked.event_count end as event_count,
    case when not ranked.is_suppressed then ranked.n_people end as learner_count,
    case when not ranked.is_suppressed then cast(ranked.place as int) end as activity_rank,
    coalesce(activities.is_title_sent, false) as is_title_sent,
    ranked.is_suppressed,
    ranked.period_start
from ranked
left join {{ ref('dim_shared_activities') }} as activities
    on not ranked.is_suppressed and ranked.part_key = activities.activity_key
where
    (ranked.is_suppressed and ranked.place = 1)
    or (not ranked.is_suppressed and ranked.place <= {{ shown }} and ranked.part_key <> 'few')
