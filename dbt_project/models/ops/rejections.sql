with

rejected as (

    select
        *,
        row_number() over (
            partition by source_name, rule_id
            order by
                case quarantine_state when 'open' then 0 else 1 end asc,
                loaded_at asc, batch_id asc, position asc
        ) as occurrence
    from {{ ref('fct_rejections') }}

),

counted as (

    select
        source_name,
        rule_id,
        count(*) filter (where quarantine_state = 'open') as rejected_count,
        count(*) filter (where quarantine_state = 'replayed') as replayed_count,
        count(*) filter (where quarantine_state = 'discarded') as discarded_count,
        max(case when occurrence = 1 then input_name end) as first_input_name,
        max(case when occurrence = 1 then position end) as first_position,
        max(loaded_at) as last_loaded_at
    from rejected
    group by source_name, rule_id

)

select
    ---------- ids
    counted.source_name,
    counted.rule_id,

    ---------- text
    rules.clause,
    -- the rule's own words: those of the problem may quote a person
    coalesce(rules.sentence, 'This version has no rule of that name.') as message,
    rules.remedy,
    {{ file_kind('counted.first_input_name') }} as first_input_name,

    ---------- numbers
    counted.rejected_count,
    counted.replayed_count,
    counted.discarded_count,
    counted.first_position,

    ---------- timestamps
    counted.last_loaded_at
from counted
left join {{ ref('ref_rules') }} as rules on counted.rule_id = rules.rule_id
