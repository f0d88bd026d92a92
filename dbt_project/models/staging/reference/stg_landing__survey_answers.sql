with

in_force as (

    {{ batches_in_force('survey_answers', is_log=true) }}

),

-- Of rows with one key the newest delivery stands.
source as (

    select
        landed.*,
        in_force.source_name as delivered_by,
        row_number() over (
            partition by
                in_force.source_name,
                landed.survey_id,
                landed.response_id,
                landed.question_id
            order by landed.loaded_at desc, landed.batch_id asc
        ) as listing
    from {{ source('landing', 'survey_answers') }} as landed
    inner join in_force
        on
            landed.batch_id = in_force.batch_id
            and landed.loaded_at = in_force.loaded_at

)

select
    ---------- ids
    delivered_by,
    survey_id,
    response_id,
    question_id,
    employee_id,

    ---------- text
    construct,
    respondent_role,

    ---------- numbers
    score,
    scale_low,
    scale_high,

    ---------- booleans
    is_reversed,

    ---------- timestamps
    answered_at

from source
where listing = 1
