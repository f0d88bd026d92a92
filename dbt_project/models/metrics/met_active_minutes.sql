-- HB16: active minutes per active learner, with the median and 90th percentile of learners and the
-- band for the lower and upper θ (6.4).
with

learner_months as (

    select
        learner_key,
        org_unit_key,
        local_month,
        sum(active_seconds) as active_seconds,
        sum(active_seconds_low) as active_seconds_low,
        sum(active_seconds_high) as active_seconds_high
    from {{ ref('met_learner_days') }}
    group by learner_key, org_unit_key, local_month

),

unit_months as (

    select
        ancestors.ancestor_key as org_unit_key,
        months.local_month,
        count(distinct months.learner_key) as n_people,
        cast(sum(months.active_seconds) as double) / 60 as active_minutes,
        cast(sum(months.active_seconds_low) as double) / 60 as active_minutes_low,
        cast(sum(months.active_seconds_high) as double) / 60 as active_minutes_high,
        percentile_cont(0.5) within group (order by cast(months.active_seconds as double)) / 60
            as minutes_p50,
        percentile_cont(0.9) within group (order by cast(months.active_seconds as double)) / 60
            as minutes_p90
    from learner_months as months
    inner join {{ ref('brg_org_unit_ancestors') }} as ancestors
        on months.org_unit_key = ancestors.org_unit_key
    group by ancestors.ancestor_key, months.local_month

),

minutes as (
    {% for measure, minutes in [
        ('value', 'active_minutes'), ('band_low', 'active_minutes_low'), ('band_high', 'active_minutes_high')
    ] %}

        select
            org_unit_key,
            local_month,
            '{{ measure }}' as measure,
            {{ minutes }} / n_people as minutes_per_learner,
            {{ minutes }} as minutes,
            n_people
        from unit_months

        union all
    {% endfor %}

    select
        org_unit_key,
        local_month,
        'p50' as measure,
        minutes_p50 as minutes_per_learner,
        cast(null as double) as minutes,
        n_people
    from unit_months

    union all

    select
        org_unit_key,
        local_month,
        'p90' as measure,
        minutes_p90 as minutes_per_learner,
        cast(null as double) as minutes,
        n_people
    from unit_months
)

{{ metric_rows(
    'HB16', 'minutes', 'month', 'local_month', measure='rows_of.measure',
    value='rows_of.minutes_per_learner', numerator='rows_of.minutes', denominator='rows_of.n_people',
    n_people='rows_of.n_people',
    parameters={'dwell_seconds': var('dwell_seconds'), 'session_gap_minutes': var('session_gap_minutes'),
                'session_gap_low_minutes': var('session_gap_low_minutes'),
                'session_gap_high_minutes': var('session_gap_high_minutes'),
                'gap_cap_minutes': var('gap_cap_minutes')}
) }}
