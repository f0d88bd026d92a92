with

posts as (

    select * from {{ ref('fct_learning_events') }}
    where is_person and is_timed and verb_code in ('posted', 'asked')

),

replies as (

    select * from {{ ref('fct_learning_events') }}
    where is_person and is_timed and verb_code in ('replied', 'answered', 'responded')

),

first_replies as (

    select
        posts.statement_id,
        min(replies.occurred_at) as first_reply_at
    from {{ ref('int_replies_linked') }} as links
    inner join posts on links.post_id = posts.statement_id
    inner join replies on links.reply_id = replies.statement_id
    where replies.learner_key <> posts.learner_key and replies.occurred_at >= posts.occurred_at
    group by posts.statement_id

),

placed as (

    select
        posts.*,
        learners.time_zone,
        statements.activity_type_code = 'announcement' as is_announcement,
        {{ working_days_after('posts.local_date', var('reply_working_days')) }} as reply_due_date,
        {{ first_of_list('statements.parent_ids') }} as parent_iri,
        {{ first_of_list('statements.grouping_ids') }} as grouping_iri
    from posts
    inner join {{ ref('int_statements_classified') }} as statements
        on posts.statement_id = statements.statement_id
    inner join {{ ref('dim_learners') }} as learners on posts.learner_key = learners.learner_key
    where {{ is_put_to_people('statements.type_group') }}

)

select
    ---------- ids
    placed.statement_id,
    placed.learner_key,
    placed.org_unit_key,

    ---------- text
    coalesce(parents.activity_title, groupings.activity_title, placed.source_name) as space_name,

    ---------- booleans
    coalesce(placed.is_announcement, false) as is_announcement,
    -- both by the calendar of the person who posted; the last day to answer has to be over
    coalesce(
        placed.reply_due_date < cast({{ to_local(as_of(), 'placed.time_zone') }} as date), false
    ) as is_due,
    coalesce(
        cast({{ to_local('first_replies.first_reply_at', 'placed.time_zone') }} as date)
        <= placed.reply_due_date, false
    ) as has_reply_in_time,

    ---------- dates and timestamps
    placed.local_month,
    placed.reply_due_date,
    placed.occurred_at as posted_at,
    first_replies.first_reply_at
from placed
left join first_replies on placed.statement_id = first_replies.statement_id
left join {{ ref('dim_activities') }} as parents on placed.parent_iri = parents.activity_iri
left join {{ ref('dim_activities') }} as groupings on placed.grouping_iri = groupings.activity_iri
