with

source as (

    select * from {{ source('people', 'employment') }}
    qualify {{ latest_delivery(['employment_number']) }}

),

renamed as (

    select
        -- keys
        employment_number,
        organisation_code,
        department_code,
        -- attributes
        employee_line,
        job_grade,
        contract_kind,
        leave_reason,
        -- dates and times
        hired_date,
        left_date,
        updated_date
    from source

)

select * from renamed
