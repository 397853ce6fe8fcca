with

source as (

    select * from {{ source('contact_centre', 'complaint') }}
    qualify {{ latest_delivery(['complaint_number']) }}

),

renamed as (

    select
        -- keys
        complaint_number,
        customer_id,
        policy_number,
        organisation_code,
        channel_code,
        intermediary_code,
        reason_code,
        -- attributes
        complaint_source,
        complexity,
        -- dates and times
        received_date,
        due_date,
        closed_date
    from source

)

select * from renamed
