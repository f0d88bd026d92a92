-- LS03: posts answered by another person within the working days allowed, among posts old enough to
-- have been; by unit of the person who posted, and by space for the company.
with

due_posts as (

    select
        posts.statement_id,
        posts.learner_key,
        posts.org_unit_key,
        posts.space_name,
        posts.local_month,
        case when posts.has_reply_in_time then 1 else 0 end as answered
    from {{ ref('fct_posts') }} as posts
    where posts.is_due and not posts.is_announcement

),

reply_rates as (

    select
        ancestors.ancestor_key as org_unit_key,
        'all' as subject_type,
        'all' as subject_key,
        posts.local_month,
        sum(posts.answered) as answered_count,
        count(*) as post_count,
        count(distinct posts.learner_key) as n_people
    from due_posts as posts
    inner join {{ ref('brg_org_unit_ancestors') }} as ancestors
        on posts.org_unit_key = ancestors.org_unit_key
    group by ancestors.ancestor_key, posts.local_month

    union all

    select
        'company' as org_unit_key,
        'space' as subject_type,
        space_name as subject_key,
        local_month,
        sum(answered) as answered_count,
        count(*) as post_count,
        count(distinct learner_key) as n_people
    from due_posts
    group by space_name, local_month

)

{{ metric_rows(
    'LS03', 'reply_rates', 'month', 'local_month',
    value='rows_of.answered_count / rows_of.post_count',
    numerator='rows_of.answered_count', denominator='rows_of.post_count', n_people='rows_of.n_people',
    subject=['rows_of.subject_type', 'rows_of.subject_key'],
    parameters={'reply_working_days': var('reply_working_days')}
) }}
