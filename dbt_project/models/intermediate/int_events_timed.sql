with

events as (

    select
        *,
        {{ plausible_seconds('duration_seconds') }} as reported_seconds,
        {{ plausible_seconds('played_seconds') }} as segment_seconds,
        coalesce(type_group = 'video' and session_id is not null, false) as is_watching,
        verb_code in ('completed', 'passed', 'failed', 'terminated', 'abandoned') as is_closing,
        -- a registration outlives a sitting: without a session id it is one within our own session
        coalesce(session_id, session_key || registration_id) as sitting_id,
        -- minutes stand on an event that is learning, if the sitting has one
        case
            when verb_class in ('admin', 'unmapped') then 3
            when type_group = 'video' and verb_class <> 'consume' then 2
            else 1
        end as anchor_order
    from {{ ref('int_events_sessionized') }}

),

closings as (

    select
        *,
        is_closing
        and not is_watching
        and reported_seconds is not null
        and sitting_id is not null as is_repeated,
        case when verb_code in ('terminated', 'abandoned') then reported_seconds end as spanning_seconds
    from events

),

sittings as (

    select
        *,
        -- cmi5 repeats one duration on each closing statement: that of terminated or abandoned is the whole
        coalesce(
            max(case when is_repeated then spanning_seconds end) over sitting,
            max(case when is_repeated then reported_seconds end) over sitting
        ) as sitting_seconds,
        row_number() over (
            partition by learner_key, sitting_id, object_id, is_repeated
            order by anchor_order asc, occurred_at asc, statement_id asc
        ) as closing_rank,
        -- a video's played segments grow within its session: the longest union is the dwell
        max(segment_seconds) over watching as watched_seconds,
        row_number() over (
            partition by learner_key, session_id, object_id, is_watching
            order by anchor_order asc, segment_seconds desc nulls last, occurred_at asc, statement_id asc
        ) as watching_rank
        {% for suffix in ['', '_low', '_high'] %}
            ,
            sum(gap_seconds{{ suffix }}) over watching as watching_gap_seconds{{ suffix }}
        {% endfor %}
    from closings
    window
        sitting as (partition by learner_key, sitting_id, object_id),
        watching as (partition by learner_key, session_id, object_id, is_watching)

)

select
    ---------- ids
    statement_id,
    learner_key,
    session_key,

    ---------- numbers: decimals, whose sums do not depend on the order of adding
    {% for suffix in ['', '_low', '_high'] %}
        cast(round(cast(case
            when is_watching and watching_rank = 1
                then coalesce(watched_seconds, watching_gap_seconds{{ suffix }})
            when is_watching then 0
            when is_repeated and closing_rank = 1 then sitting_seconds
            when is_repeated then 0
            when reported_seconds is not null then reported_seconds
            -- the sitting's whole duration is reported: the gaps within are part of it
            when session_id is not null and sitting_seconds is not null then 0
            else gap_seconds{{ suffix }}
        end as decimal(18, 6)), 3) as decimal(18, 3)) as event_seconds{{ suffix }},
    {% endfor %}

    ---------- booleans
    coalesce(
        case
            when is_watching then watching_rank = 1 and watched_seconds is not null
            when is_repeated then closing_rank = 1
            else reported_seconds is not null
        end, false
    ) as is_duration_reported
from sittings
