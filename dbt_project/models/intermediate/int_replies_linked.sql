with

posts as (

    select
        statement_id,
        object_id,
        -- an object that several posts share is a channel, no thread
        count(*) over (partition by object_id) = 1 as is_thread
    from {{ ref('int_statements_classified') }}
    where verb_code in ('posted', 'asked')

),

replies as (

    select * from {{ ref('int_statements_classified') }}
    where verb_code in ('replied', 'answered', 'responded')

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

)

select
    posts.statement_id as post_id,
    threads.statement_id as reply_id
from threads
inner join posts on threads.thread_id = posts.object_id
where posts.is_thread

union

select
    replies.statement_ref_id as post_id,
    replies.statement_id as reply_id
from replies
inner join posts on replies.statement_ref_id = posts.statement_id
