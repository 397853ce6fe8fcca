with

source as (

    select * from {{ source('policy_admin', 'servicing_request') }}
    qualify {{ latest_delivery(['request_number']) }}

),

renamed as (

    select
        -- keys
        request_number,
        policy_number,
        -- attributes
        servicing_type,
        request_status,
        -- dates and times
        applied_date,
        completed_date,
        new_expiry_date,
        -- amounts and counts
        refund_amount
    from source

)

select * from renamed
