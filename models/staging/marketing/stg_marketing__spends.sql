with

source as (

    select * from {{ source('marketing', 'spend') }}

),

renamed as (

    select
        -- keys
        campaign_code,
        media_channel,
        channel_code,
        spend_month,
        -- dates and times
        booked_date,
        -- amounts and counts
        media_amount,
        channel_fee_amount,
        coupon_subsidy_amount,
        labour_amount,
        exposure_count,
        click_count
    from source

)

select * from renamed
