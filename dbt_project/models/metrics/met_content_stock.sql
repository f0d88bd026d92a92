-- KS09: live items with too few distinct viewers in the window among live items at least that old, at
-- the end of the quarter or at as_of, by the unit that owns them.
{% set viewer_classes = ('consume', 'progress', 'assess', 'practise') %}

with

quarters as (

    select
        days.local_quarter,
        least({{ period_end('quarter', 'days.local_quarter') }}, cast(clock.as_of as date)) as counted_date
    from {{ ref('met_learner_days') }} as days
    cross join {{ ref('met_clock') }} as clock
    where days.local_date <= cast(clock.as_of as date)
    group by days.local_quarter, clock.as_of

),

windows as (

    select
        local_quarter,
        counted_date,
        cast({{ dbt.dateadd('day', -var('unused_days'), 'counted_date') }} as date) as opened_date
    from quarters

),

live_items as (

    select
        windows.local_quarter,
        items.activity_key,
        coalesce(items.owner_org_unit_key, 'company') as org_unit_key
    from windows
    inner join {{ ref('dim_activities') }} as items
        on
            windows.opened_date >= items.published_date
            and (items.retired_date is null or windows.counted_date <= items.retired_date)
    where items.is_in_catalogue

),

viewers as (

    select
        windows.local_quarter,
        events.activity_key,
        count(distinct events.learner_key) as viewer_count
    from windows
    inner join {{ ref('fct_learning_events') }} as events
        on windows.opened_date < events.local_date and windows.counted_date >= events.local_date
    where
        events.is_person
        and events.is_timed
        and events.verb_class in {{ viewer_classes }}
    group by windows.local_quarter, events.activity_key

),

unit_stock as (

    select
        ancestors.ancestor_key as org_unit_key,
        items.local_quarter,
        sum(case when coalesce(viewers.viewer_count, 0) < {{ var('unused_viewers') }} then 1 else 0 end)
            as unused_count,
        count(*) as item_count
    from live_items as items
    inner join {{ ref('brg_org_unit_ancestors') }} as ancestors
        on items.org_unit_key = ancestors.org_unit_key
    left join viewers
        on items.local_quarter = viewers.local_quarter and items.activity_key = viewers.activity_key
    group by ancestors.ancestor_key, items.local_quarter

)

{{ metric_rows(
    'KS09', 'unit_stock', 'quarter', 'local_quarter', value='rows_of.unused_count / rows_of.item_count',
    numerator='rows_of.unused_count', denominator='rows_of.item_count',
    parameters={'unused_days': var('unused_days'), 'unused_viewers': var('unused_viewers'),
                'viewer_classes': viewer_classes}
) }}
