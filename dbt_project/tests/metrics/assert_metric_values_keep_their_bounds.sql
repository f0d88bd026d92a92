-- What the formulas allow: shares and X05 in 0..1, HB05 in 0.25..1, counts and times not negative, an
-- interval around its value, θ bands and percentiles in their order.
with

figures as (

    select
        *,
        case metric_id when 'HB05' then 0.25 when 'DQ02' then null else 0 end as lowest,
        case when unit in ('share', '0–1', '0.25–1') then 1 end as highest
    from {{ ref('metric_values') }}
    where not is_suppressed

)

select
    metric_id,
    measure,
    org_unit_key,
    period_start,
    value
from figures
where
    value is null
    or value < lowest - 0.000001
    or value > highest + 0.000001
    or value < ci_low - 0.000001
    or value > ci_high + 0.000001

union all

select
    narrow.metric_id,
    narrow.measure || ' above ' || wide.measure as measure,
    narrow.org_unit_key,
    narrow.period_start,
    narrow.value
from figures as narrow
inner join figures as wide
    on
        narrow.metric_id = wide.metric_id
        and narrow.subject_key = wide.subject_key
        and narrow.org_unit_key = wide.org_unit_key
        and narrow.period_start = wide.period_start
where
    (
        (narrow.measure = 'p50' and wide.measure in ('p90', 'p95'))
        or (narrow.measure = 'band_low' and wide.measure = 'value')
        or (narrow.measure = 'wal' and wide.measure = 'mal')
    )
    and narrow.value > wide.value + 0.000001
