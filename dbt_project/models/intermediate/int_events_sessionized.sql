{% set cap = var('gap_cap_minutes') * 60 %}
{% set theta = var('session_gap_minutes') * 60 %}

with

-- A statement of a group or without a time of its own takes part in no session.
events as (

    select
        statements.statement_id,
        actors.learner_key,
        statements.registration_id,
        statements.session_id,
        statements.object_id,
        statements.verb_code,
        statements.verb_class,
        statements.type_group,
        statements.duration_seconds,
        statements.played_seconds,
        statements.occurred_at,
        case when statements.is_timed then actors.learner_key end as timed_learner_key
    from {{ ref('int_statements_classified') }} as statements
    left join {{ ref('int_actors_resolved') }} as actors
        on
            -- a group is no learner: as an equality, else DuckDB joins by nested loop (1 M rows: 66 s, not 3)
            case when coalesce(statements.actor_type, 'Agent') <> 'Group' then statements.actor_ifi_kind end
            = actors.actor_ifi_kind
            and statements.actor_ifi_value = actors.actor_ifi_value

),

-- Ties go by statement id, so that the same statements give the same minutes in whatever batches they came.
silences as (

    select
        *,
        {{ seconds_between('lag(occurred_at) over person', 'occurred_at') }} as silence_before,
        {{ seconds_between('occurred_at', 'lead(occurred_at) over person') }} as silence_after
    from events
    window person as (partition by timed_learner_key order by occurred_at asc, statement_id asc)

),

started as (

    select
        *,
        max(case when silence_before is null or silence_before > {{ theta }} then occurred_at end) over (
            partition by timed_learner_key
            order by occurred_at asc, statement_id asc
            rows between unbounded preceding and current row
        ) as session_started_at
    from silences

)

select
    ---------- ids
    statement_id,
    learner_key,
    case
        when timed_learner_key is not null
            then {{ surrogate_key([
                'timed_learner_key', 'cast(session_started_at as ' ~ dbt.type_string() ~ ')'
            ]) }}
    end as session_key,
    registration_id,
    session_id,
    object_id,

    ---------- text
    verb_code,
    verb_class,
    type_group,

    ---------- numbers
    duration_seconds,
    played_seconds,
    {% for suffix in ['', '_low', '_high'] %}
        {% set limit = var('session_gap' ~ suffix ~ '_minutes') * 60 %}
        cast(case
            when timed_learner_key is not null and silence_after <= {{ limit }}
                then least(silence_after, {{ cap }})
            else 0
        end as decimal(18, 6)) as gap_seconds{{ suffix }},
    {% endfor %}

    ---------- timestamps
    occurred_at
from started
