-- HB11: eligible people by weekly state (6.2). WAL = new + current + reactivated + resurrected, and
-- E = WAL + at_risk + dormant + never. Eligibility is known of employees only.
{% set states = ['new', 'current', 'reactivated', 'resurrected', 'at_risk', 'dormant', 'never'] %}

with

weeks as (

    select
        week_start,
        {% for state in states %}
            sum(case when state = '{{ state }}' then 1 else 0 end) as {{ state }}_count,
        {% endfor %}
        sum(case when is_active then 1 else 0 end) as wal_count,
        count(*) as exposed_count
    from {{ ref('fct_learner_weeks') }}
    where is_exposed and is_complete_week
    group by week_start

),

first_week as (

    select min(week_start) as first_week
    from {{ ref('fct_learner_weeks') }}
    where is_active

),

-- a state counts people, so it rests on those that it counts; the states add up to wal and exposed
growth as (
    {% for measure in states + ['wal', 'exposed'] %}

        select
            weeks.week_start,
            '{{ measure }}' as measure,
            weeks.{{ measure }}_count as learner_count,
            weeks.exposed_count
        from weeks
        inner join first_week on weeks.week_start >= first_week.first_week
        inner join {{ ref('met_clock') }} as basis on basis.has_employees
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

{{ metric_rows(
    'HB11', 'growth', 'week', 'week_start', measure='rows_of.measure',
    value='rows_of.learner_count', numerator='rows_of.learner_count',
    denominator='rows_of.exposed_count', n_people='rows_of.learner_count', org_unit="'company'",
    parameters={'dwell_seconds': var('dwell_seconds'), 'reactivated_within_weeks': 4}
) }}
