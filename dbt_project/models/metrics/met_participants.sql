-- LM02: distinct persons registered, by programme (or offering outside one) for the company, and over
-- all of them by unit.
with

registrations as (

    select
        learner_key,
        org_unit_key,
        local_month,
        case when programme_id is null then 'offering' else 'programme' end as subject_type,
        coalesce(programme_id, activity_key) as subject_key
    from {{ ref('fct_registrations') }}
    where is_person

),

participants as (

    select
        ancestors.ancestor_key as org_unit_key,
        'all' as subject_type,
        'all' as subject_key,
        registrations.local_month,
        count(distinct registrations.learner_key) as n_people
    from registrations
    inner join {{ ref('brg_org_unit_ancestors') }} as ancestors
        on registrations.org_unit_key = ancestors.org_unit_key
    group by ancestors.ancestor_key, registrations.local_month

    union all

    select
        'company' as org_unit_key,
        subject_type,
        subject_key,
        local_month,
        count(distinct learner_key) as n_people
    from registrations
    group by subject_type, subject_key, local_month

)

{{ metric_rows(
    'LM02', 'participants', 'month', 'local_month', value='rows_of.n_people',
    numerator='rows_of.n_people', n_people='rows_of.n_people',
    subject=['rows_of.subject_type', 'rows_of.subject_key']
) }}
