-- DQ02 to DQ07: by source and day of receipt, DQ06 by month.
{% set shares = [
    ('DQ03', 'value', 'duplicate_count + conflict_count', 'delivered_count', 'received_date'),
    ('DQ03', 'within_second', 'repeated_count', 'unique_count', 'received_date'),
    ('DQ04', 'value', 'unmapped_count', 'unique_count', 'received_date'),
    ('DQ05', 'value', 'resolved_count', 'unique_count', 'received_date'),
    ('DQ06', 'value', 'voided_count', 'unique_count', 'received_month'),
    ('DQ07', 'value', 'implausible_duration_count', 'duration_count', 'received_date'),
] %}

with

quality as (

    select
        *,
        cast({{ dbt.date_trunc('month', 'received_date') }} as date) as received_month
    from {{ ref('fct_statement_quality') }}

),

counts as (
    {% for metric_id, measure, part, whole, period in shares %}

        select
            '{{ metric_id }}' as metric_id,
            '{{ measure }}' as measure,
            '{{ 'month' if period == 'received_month' else 'day' }}' as period_grain,
            source_name,
            {{ period }} as period_start,
            sum({{ part }}) as part,
            sum({{ whole }}) as whole
        from quality
        group by source_name, {{ period }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

-- an actor is linked to an employee or not only where employees have landed
known_shares as (

    select
        counts.*,
        counts.part / counts.whole as share
    from counts
    inner join {{ ref('met_clock') }} as basis on basis.has_employees or counts.metric_id <> 'DQ05'
    where counts.whole > 0

),

lateness as (
    {% for measure in ['p50', 'p95'] %}

        select
            'DQ02' as metric_id,
            '{{ measure }}' as measure,
            'day' as period_grain,
            source_name,
            received_date as period_start,
            cast(null as double) as part,
            lateness_count as whole,
            lateness_{{ measure }}_seconds / 3600 as share
        from quality
        where lateness_count > 0
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

figures as (

    select * from known_shares
    union all
    select * from lateness

)

{{ metric_rows(
    'rows_of.metric_id', 'figures', 'rows_of.period_grain', 'period_start', measure='rows_of.measure',
    value='rows_of.share', numerator='rows_of.part', denominator='rows_of.whole',
    subject=["'source'", 'rows_of.source_name'], org_unit="'company'",
    period_end_date="case rows_of.period_grain when 'day' then rows_of.period_start else "
        ~ period_end('month', 'rows_of.period_start') ~ " end",
    parameters={'duration_limit_hours': var('duration_limit_hours')}, counts_people=false
) }}
