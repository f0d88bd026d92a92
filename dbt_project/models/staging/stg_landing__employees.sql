with

in_force as (

    {{ snapshots_in_force('employees') }}

),

-- A person may be listed twice, by one HRIS or by two: the longest employment stands, then what came last.
source as (

    select
        employees.*,
        row_number() over (
            partition by employees.employee_id
            order by
                coalesce(employees.leave_date, date '9999-12-31') desc,
                in_force.loaded_at desc,
                employees.hire_date asc,
                employees.email asc
        ) as listing
    from {{ source('landing', 'employees') }} as employees
    inner join in_force
        on
            employees.batch_id = in_force.batch_id
            and employees.loaded_at = in_force.loaded_at

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
