with

source as (

    select * from {{ source('policy_admin', 'policy_delivery') }}
    qualify {{ latest_delivery(['policy_number']) }}

),

renamed as (

    select
        -- keys
        policy_number,
        -- attributes
        delivery_method,
        -- dates and times
        issue_date,
        printed_date,
        sent_date,
        received_date,
        signed_date,
        -- flags
        is_self_signed
    from source

)

select * from renamed
