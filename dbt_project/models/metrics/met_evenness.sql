-- X05: Shannon evenness of the five components' minutes. Unclassified minutes belong to none of the
-- five and are left out of the shares; their own share is a budget of the Data health page.
with

learner_quarters as (

    select
        learner_key,
        org_unit_key,
        local_quarter,
        component,
        sum(active_seconds) as active_seconds
    from {{ ref('met_learner_days') }}
    where component <> 'unclassified'
    group by learner_key, org_unit_key, local_quarter, component

),

unit_components as (

    select
        ancestors.ancestor_key as org_unit_key,
        quarters.local_quarter,
        quarters.component,
        sum(quarters.active_seconds) as active_seconds
    from learner_quarters as quarters
    inner join {{ ref('brg_org_unit_ancestors') }} as ancestors
        on quarters.org_unit_key = ancestors.org_unit_key
    group by ancestors.ancestor_key, quarters.local_quarter, quarters.component
    having sum(quarters.active_seconds) > 0

),

unit_people as (

    select
        ancestors.ancestor_key as org_unit_key,
        quarters.local_quarter,
        count(distinct quarters.learner_key) as n_people
    from learner_quarters as quarters
    inner join {{ ref('brg_org_unit_ancestors') }} as ancestors
        on quarters.org_unit_key = ancestors.org_unit_key
    group by ancestors.ancestor_key, quarters.local_quarter

),

shares as (

    select
        org_unit_key,
        local_quarter,
        active_seconds / sum(active_seconds) over (partition by org_unit_key, local_quarter) as share
    from unit_components

),

evenness as (

    select
        shares.org_unit_key,
        shares.local_quarter,
        abs(sum(shares.share * ln(shares.share))) as entropy,
        max(people.n_people) as n_people
    from shares
    inner join unit_people as people
        on shares.org_unit_key = people.org_unit_key and shares.local_quarter = people.local_quarter
    group by shares.org_unit_key, shares.local_quarter

)

{{ metric_rows(
    'X05', 'evenness', 'quarter', 'local_quarter', value='rows_of.entropy / ln(5)',
    numerator='rows_of.entropy', denominator='ln(5)', n_people='rows_of.n_people',
    parameters={'dwell_seconds': var('dwell_seconds'), 'session_gap_minutes': var('session_gap_minutes'),
                'gap_cap_minutes': var('gap_cap_minutes'), 'components': 5}
) }}
