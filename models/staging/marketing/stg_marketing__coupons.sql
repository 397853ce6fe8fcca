with

source as (

    select * from {{ source('marketing', 'coupon') }}
    qualify {{ latest_delivery(['coupon_number']) }}

),

renamed as (

    select
        -- keys
        coupon_number,
        campaign_code,
        customer_id,
        organisation_code,
        policy_number,
        order_number,
        -- attributes
        coupon_type,
        -- dates and times
        issued_date,
        expiry_date,
        redeemed_date,
        -- amounts and counts
        coupon_amount,
        minimum_spend_amount
    from source

)

select * from renamed
