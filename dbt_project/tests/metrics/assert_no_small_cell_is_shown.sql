-- Rows about people show numbers only of nobody or enough people, and a hidden row shows none.
select
    figures.metric_id,
    figures.measure,
    figures.org_unit_key,
    figures.period_start
from {{ ref('metric_values') }} as figures
inner join {{ ref('metric_catalogue') }} as catalogue on figures.metric_id = catalogue.metric_id
where
    (
        catalogue.is_people_metric
        and not figures.is_suppressed
        and (figures.n_people is null or figures.n_people between 1 and catalogue.minimum_cell - 1)
    )
    or (
        figures.is_suppressed
        and coalesce(
            figures.value, figures.numerator, figures.denominator, figures.ci_low, figures.ci_high,
            figures.n_people
        ) is not null
    )

union all

select
    component as metric_id,
    period_grain as measure,
    org_unit_key,
    period_start
from {{ ref('rpt_component_periods') }}
where
    (not is_suppressed and learner_count < {{ var('minimum_cell') }})
    or (
        is_suppressed
        and coalesce(active_seconds, active_seconds_share, event_count, learner_count) is not null
    )

union all

select
    component as metric_id,
    verb_code as measure,
    org_unit_key,
    period_start
from {{ ref('rpt_component_verbs') }}
where
    (not is_suppressed and learner_count < {{ var('minimum_cell') }})
    or (is_suppressed and coalesce(event_count, learner_count) is not null)

union all

select
    component as metric_id,
    activity_key as measure,
    org_unit_key,
    period_start
from {{ ref('rpt_component_activities') }}
where
    (not is_suppressed and learner_count < {{ var('minimum_cell') }})
    or (
        is_suppressed
        and (
            activity_key <> 'hidden'
            or coalesce(activity_title, activity_type_name) is not null
            or coalesce(active_seconds, event_count, learner_count) is not null
        )
    )
