with

source as (

    select * from {{ source('compliance', 'order_device') }}

),

renamed as (

    select
        -- keys
        policy_number,
        applicant_region_code,
        login_employee_code,
        -- attributes
        insured_relation,
        quote_source,
        device_owner,
        device_token,
        network_token,
        -- dates and times
        application_date
    from source

)

select * from renamed
