{% set components = ['learning_spaces', 'practice', 'on_the_job', 'knowledge_support', 'pathways'] %}

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

-- One column a component: shares are then added in one order, and the same night gives the same bits.
unit_components as (

    select
        ancestors.ancestor_key as org_unit_key,
        quarters.local_quarter,
        {% for component in components %}
            cast(
                sum(case when quarters.component = '{{ component }}' then quarters.active_seconds else 0 end)
                as double
            ) as {{ component }},
        {% endfor %}
        cast(sum(quarters.active_seconds) as double) as active_seconds
    from learner_quarters as quarters
    inner join {{ ref('brg_org_unit_ancestors') }} as ancestors
        on quarters.org_unit_key = ancestors.org_unit_key
    group by ancestors.ancestor_key, quarters.local_quarter
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

evenness as (

    select
        units.org_unit_key,
        units.local_quarter,
        abs(
            {% for component in components %}
                {% if not loop.first %}+{% endif %} case
                    when units.{{ component }} > 0
                        then
                            units.{{ component }} / units.active_seconds
                            * ln(units.{{ component }} / units.active_seconds)
                    else 0
                end
            {% endfor %}
        ) as entropy,
        people.n_people
    from unit_components as units
    inner join unit_people as people
        on units.org_unit_key = people.org_unit_key and units.local_quarter = people.local_quarter

)

{{ metric_rows(
    'X05', 'evenness', 'quarter', 'local_quarter', value='rows_of.entropy / ln(5)',
    numerator='rows_of.entropy', denominator='ln(5)', n_people='rows_of.n_people',
    parameters={'dwell_seconds': var('dwell_seconds'), 'session_gap_minutes': var('session_gap_minutes'),
                'gap_cap_minutes': var('gap_cap_minutes'), 'components': 5}
) }}
