with

source as (

    select * from {{ source('members', 'member_tier') }}

),

renamed as (

    select
        -- keys
        user_id,
        evaluated_date,
        tier_code,
        previous_tier_code,
        -- amounts and counts
        points_count,
        annual_premium_amount,
        account_asset_amount,
        active_day_count,
        tenure_month_count
    from source

)

select * from renamed
