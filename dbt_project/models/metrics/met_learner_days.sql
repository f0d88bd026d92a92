-- What every metric of minutes and of active people starts from: meaningful events (D2) of persons,
-- small enough to be rolled up the tree of units.
select
    learner_key,
    org_unit_key,
    component,
    coalesce(mode, 'unknown') as mode,
    verb_class,
    sum(event_seconds) as active_seconds,
    sum(event_seconds_low) as active_seconds_low,
    sum(event_seconds_high) as active_seconds_high,
    count(*) as event_count,
    local_date,
    local_week,
    local_month,
    local_quarter
from {{ ref('fct_learning_events') }}
where is_meaningful and is_person
group by
    learner_key, org_unit_key, component, coalesce(mode, 'unknown'), verb_class,
    local_date, local_week, local_month, local_quarter
