with

source as (

    select * from {{ source('compliance', 'sales_registration') }}
    qualify {{ latest_delivery(['registration_number']) }}

),

renamed as (

    select
        -- keys
        registration_number,
        employee_code,
        intermediary_code,
        registered_organisation_code,
        -- attributes
        registration_status,
        -- dates and times
        valid_from_date,
        valid_to_date,
        status_date
        -- dropped: person_name (a name is never needed downstream)
    from source

)

select * from renamed
