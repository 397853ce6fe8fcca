with

source as (

    select * from {{ source('compliance', 'customer_change') }}

),

renamed as (

    select
        -- keys
        change_number,
        customer_id,
        employee_code,
        -- attributes
        changed_element,
        requested_by,
        request_channel,
        -- dates and times
        changed_date
    from source

)

select * from renamed
