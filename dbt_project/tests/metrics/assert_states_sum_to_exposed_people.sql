-- 6.2: every eligible person is in exactly one state each week, and WAL is the active states.
select
    period_start,
    sum(case when measure not in ('wal', 'exposed') then value else 0 end) as states,
    max(case when measure = 'exposed' then value end) as exposed,
    sum(case when measure in ('new', 'current', 'reactivated', 'resurrected') then value else 0 end)
        as active,
    max(case when measure = 'wal' then value end) as wal
from {{ ref('met_growth') }}
group by period_start
having
    sum(case when measure not in ('wal', 'exposed') then value else 0 end)
    <> max(case when measure = 'exposed' then value end)
    or sum(case when measure in ('new', 'current', 'reactivated', 'resurrected') then value else 0 end)
    <> max(case when measure = 'wal' then value end)
