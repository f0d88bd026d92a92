-- HB11: who is new leaves `never`. No two numbers of `never` that are shown differ by a hidden number of
-- people, and where it is hidden, it is not what the other states leave of all.
with

states as (

    select
        org_unit_key,
        period_start,
        max(case when measure = 'never' and not is_suppressed then n_people end) as never_count,
        sum(case when measure in ('wal', 'at_risk', 'dormant') and not is_suppressed then 1 else 0 end)
            as shown_count
    from {{ ref('metric_values') }}
    where metric_id = 'HB11'
    group by org_unit_key, period_start

)

select
    one.org_unit_key,
    one.period_start,
    other.period_start as other_start,
    one.never_count - other.never_count as newcomer_count
from states as one
inner join states as other on one.org_unit_key = other.org_unit_key
where one.never_count - other.never_count between 1 and {{ var('minimum_cell') }} - 1

union all

select
    org_unit_key,
    period_start,
    period_start as other_start,
    null as newcomer_count
from states
where never_count is null and shown_count = 3
