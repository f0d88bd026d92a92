with

employees as (

    select
        employees.*,
        {{ surrogate_key(["'employee'", 'employees.employee_id']) }} as learner_key
    from {{ ref('stg_landing__employees') }} as employees

),

-- The best of the ways in which the learner's actors were linked.
methods as (

    select
        learner_key,
        is_resolved,
        min_by(identity_method, case identity_method
            when 'employee_id' then 1
            when 'email' then 2
            when 'username' then 3
            when 'email_sha1' then 4
            else 5
        end) as identity_method
    from {{ ref('int_actors_resolved') }}
    group by learner_key, is_resolved

)

select
    ---------- ids
    employees.learner_key,
    coalesce(units.org_unit_key, 'company') as org_unit_key,

    ---------- text
    methods.identity_method,
    employees.role_family,
    employees.location,
    coalesce(employees.time_zone, '{{ var("default_time_zone") }}') as time_zone,

    ---------- booleans
    true as is_resolved,
    employees.is_frontline,

    ---------- dates
    employees.hire_date,
    employees.leave_date
from employees
left join methods on employees.learner_key = methods.learner_key
left join {{ ref('int_org_units_nested') }} as units on employees.org_unit_id = units.org_unit_id

union all

select
    learner_key,
    'company' as org_unit_key,
    identity_method,
    null as role_family,
    null as location,
    '{{ var("default_time_zone") }}' as time_zone,
    false as is_resolved,
    null as is_frontline,
    null as hire_date,
    null as leave_date
from methods
where not is_resolved
