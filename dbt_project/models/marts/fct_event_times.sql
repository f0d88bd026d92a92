with

-- A time of receipt says nothing about the sender's clock.
stated as (

    select
        source_name,
        occurred_at,
        occurred_at > {{ as_of() }} as is_future,
        occurred_at < timestamp '{{ var("earliest_date") }} 00:00:00' as is_too_early,
        case
            when {{ is_plausible_instant('occurred_at') }}
                then {{ seconds_between('occurred_at', 'stored_at') }}
        end as lateness_seconds
    from {{ ref('int_statements_settled') }}
    where delivery_status = 'unique' and not is_time_inferred

)

select
    source_name,

    ---------- numbers
    count(*) as stated_count,
    count(*) filter (where is_future) as future_count,
    count(*) filter (where is_too_early) as too_early_count,
    count(*) filter (where lateness_seconds > {{ var('late_hours') }} * 3600) as late_count,
    count(lateness_seconds) as lateness_count,
    round(percentile_cont(0.5) within group (order by lateness_seconds), 3) as lateness_p50_seconds,
    round(percentile_cont(0.95) within group (order by lateness_seconds), 3) as lateness_p95_seconds,

    ---------- timestamps
    min(occurred_at) as first_occurred_at,
    max(occurred_at) as last_occurred_at
from stated
group by source_name
