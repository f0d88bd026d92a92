-- unique, not voided and not voiding: each is exactly one learning event
with

settled as (

    select count(*) as statement_count
    from {{ ref('int_statements_settled') }}
    where delivery_status = 'unique' and not is_voided and not is_voiding

),

facts as (

    select count(*) as statement_count
    from {{ ref('fct_learning_events') }}

)

select
    settled.statement_count as settled_count,
    facts.statement_count as fact_count
from settled
cross join facts
where settled.statement_count <> facts.statement_count
