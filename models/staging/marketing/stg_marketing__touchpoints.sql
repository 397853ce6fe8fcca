with

source as (

    select * from {{ source('marketing', 'touchpoint') }}

),

renamed as (

    select
        -- keys
        touchpoint_number,
        customer_id,
        campaign_code,
        channel_code,
        material_code,
        product_code,
        policy_number,
        -- attributes
        visitor_token,
        media_channel,
        event_kind,
        platform,
        -- dates and times
        occurred_at,
        occurred_date,
        -- amounts and counts
        represented_visitor_count
    from source

)

select * from renamed
