with

latest as (

    {{ latest_batch('employees') }}

),

-- The HRIS may list a person twice: the longest employment stands.
source as (

    select
        employees.*,
        row_number() over (
            partition by employees.employee_id
            order by
                coalesce(employees.leave_date, date '9999-12-31') desc,
                employees.hire_date asc,
                employees.email asc
        ) as listing
    from {{ source('landing', 'employees') }} as employees
    inner join latest
        on
            employees.batch_id = latest.batch_id
            and employees.loaded_at = latest.loaded_at

)

select
    ---------- ids
    employee_id,
    org_unit_id,
    manager_employee_id,
    role_id,
    calendar_id,

    ---------- text
    lower(email) as email,
    lower(username) as username,
    role_family,
    location,
    {{ known_time_zone('time_zone') }} as time_zone,
    country_code,
    employment_type,
    work_mode,
    learning_function,

    ---------- numbers
    fte_share,

    ---------- booleans
    is_frontline,

    ---------- dates
    hire_date,
    leave_date,
    access_start_date

from source
where listing = 1
