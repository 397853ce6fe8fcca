with

source as (

    select * from {{ source('master_data', 'employee') }}
    qualify {{ latest_delivery(['employee_code']) }}

),

renamed as (

    select
        -- keys
        employee_code,
        organisation_code,
        channel_code,
        -- attributes
        employee_type,
        registration_status,
        -- dates and times
        hired_date,
        left_date,
        updated_date,
        -- personal data, as keyed tokens only
        {{ keyed_token('id_number') }} as id_number_token,
        {{ keyed_token('mobile_number') }} as mobile_token
        -- dropped: employee_name (a name is never needed downstream)
    from source

)

select * from renamed
