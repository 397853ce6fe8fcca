with

source as (

    select * from {{ source('contact_centre', 'inquiry_dispute') }}
    qualify {{ latest_delivery(['dispute_number']) }}

),

renamed as (

    select
        -- keys
        dispute_number,
        organisation_code,
        -- attributes
        dispute_topic,
        inquiry_channel,
        handling_outcome,
        -- dates and times
        received_date,
        handled_date
    from source

)

select * from renamed
