-- Among what adds up within a unit: the components to its total, the verbs and activities to their
-- component, the months to their quarter, the weeks to the months between two days on which both begin.
-- In no such sum is exactly one cell hidden, and where the total and a part are shown, the hidden parts
-- are not all of too few people.

with

cells as (

    select
        *,
        org_unit_key || ' ' || component || ' ' || breakdown || ' ' || part_key as series,
        org_unit_key || ' ' || period_grain || ' ' || cast(period_start as string) as place
    from {{ ref('met_component_cells') }}
    where n_people > 0

),

months as (

    select distinct period_start as cut_date
    from cells
    where period_grain = 'month'

),

-- a day on which a month begins and that a week of the series spans
spanned as (

    select
        weeks.series,
        months.cut_date
    from cells as weeks
    inner join months on weeks.period_start < months.cut_date and weeks.period_end >= months.cut_date
    where weeks.period_grain = 'week'

),

-- the last such day before the cell that no week spans
spans as (

    select
        cells.series,
        cells.period_grain,
        cells.period_start,
        max(case when spanned.cut_date is null then months.cut_date end) as cut_date
    from cells
    left join months on cells.period_start >= months.cut_date
    left join spanned on cells.series = spanned.series and months.cut_date = spanned.cut_date
    where cells.period_grain in ('week', 'month') and cells.breakdown in ('total', 'component')
    group by cells.series, cells.period_grain, cells.period_start

),

members as (

    select
        'components' as what,
        place as of_what,
        breakdown = 'total' as is_total,
        n_people,
        is_suppressed
    from cells
    where breakdown in ('total', 'component')

    {% for part in ['verb', 'activity'] %}
        union all

        select
            '{{ part }}' as what,
            place || ' ' || component as of_what,
            breakdown = 'component' as is_total,
            n_people,
            is_suppressed
        from cells
        where breakdown in ('component', '{{ part }}') and period_grain <> 'week'
    {% endfor %}

    union all

    select
        'months' as what,
        series || ' ' || cast({{ dbt.date_trunc('quarter', 'period_start') }} as string) as of_what,
        period_grain = 'quarter' as is_total,
        n_people,
        is_suppressed
    from cells
    where period_grain in ('month', 'quarter')

    union all

    select
        'weeks' as what,
        cells.series || ' ' || coalesce(cast(spans.cut_date as string), '') as of_what,
        cells.period_grain = 'month' as is_total,
        cells.n_people,
        cells.is_suppressed
    from cells
    inner join spans
        on
            cells.series = spans.series
            and cells.period_grain = spans.period_grain
            and cells.period_start = spans.period_start

)

select
    what,
    of_what
from members
group by what, of_what
having
    sum(case when is_suppressed then 1 else 0 end) = 1
    or (
        sum(case when is_suppressed then 1 else 0 end) > 0
        and sum(case when not is_suppressed and not is_total then 1 else 0 end) > 0
        and max(case when is_suppressed then n_people end) < {{ var('minimum_cell') }}
    )
