{% set post_verbs = "('posted', 'asked')" %}
{% set reply_verbs = "('replied', 'answered', 'responded')" %}

with

contributions as (

    select
        events.statement_id,
        events.learner_key,
        events.org_unit_key,
        events.source_name,
        events.verb_code,
        events.activity_type_code,
        events.local_date,
        events.local_month,
        events.occurred_at,
        statements.statement_ref_id,
        statements.object_id,
        statements.type_group,
        statements.parent_ids,
        statements.grouping_ids
    from {{ ref('fct_learning_events') }} as events
    inner join {{ ref('int_statements_classified') }} as statements on events.statement_id = statements.statement_id
    where events.is_person and events.verb_code in ('posted', 'asked', 'replied', 'answered', 'responded')

),

-- Asking a quiz for a hint is no post. An object shared by several posts is a channel, no thread.
posts as (

    select
        *,
        count(*) over (partition by object_id) = 1 as is_thread,
        {{ working_days_after('local_date', var('reply_working_days')) }} as reply_due_date
    from contributions
    where verb_code in {{ post_verbs }} and coalesce(type_group, '') not in ('interaction', 'assessment')

),

replies as (

    select * from contributions
    where verb_code in {{ reply_verbs }}

),

threads as (

    select
        statement_id,
        object_id as thread_id
    from replies

    union all

    select
        statement_id,
        {{ unnest_list('parent_ids') }} as thread_id
    from replies

    union all

    select
        statement_id,
        {{ unnest_list('grouping_ids') }} as thread_id
    from replies

),

links as (

    select
        posts.statement_id as post_id,
        threads.statement_id as reply_id
    from threads
    inner join posts on threads.thread_id = posts.object_id
    where posts.is_thread

    union

    select
        statement_ref_id as post_id,
        statement_id as reply_id
    from replies
    where statement_ref_id is not null

),

first_replies as (

    select
        posts.statement_id,
        min(replies.occurred_at) as first_reply_at,
        min(replies.local_date) as first_reply_date
    from links
    inner join posts on links.post_id = posts.statement_id
    inner join replies on links.reply_id = replies.statement_id
    where replies.learner_key <> posts.learner_key and replies.occurred_at >= posts.occurred_at
    group by posts.statement_id

)

select
    ---------- ids
    posts.statement_id,
    posts.learner_key,
    posts.org_unit_key,

    ---------- text
    coalesce(
        parents.activity_title, groupings.activity_title,
        {{ first_of_list('posts.parent_ids') }}, {{ first_of_list('posts.grouping_ids') }},
        posts.source_name
    ) as space_name,

    ---------- booleans
    coalesce(posts.activity_type_code = 'announcement', false) as is_announcement,
    coalesce(posts.reply_due_date <= cast({{ as_of() }} as date), false) as is_due,
    coalesce(first_replies.first_reply_date <= posts.reply_due_date, false) as has_reply_in_time,

    ---------- dates and timestamps
    posts.local_month,
    posts.reply_due_date,
    posts.occurred_at as posted_at,
    first_replies.first_reply_at
from posts
left join first_replies on posts.statement_id = first_replies.statement_id
left join {{ ref('dim_activities') }} as parents on {{ first_of_list('posts.parent_ids') }} = parents.activity_iri
left join {{ ref('dim_activities') }} as groupings on {{ first_of_list('posts.grouping_ids') }} = groupings.activity_iri
