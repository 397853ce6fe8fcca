with

source as (

    select * from {{ source('marketing', 'campaign') }}

),

renamed as (

    select
        -- keys
        campaign_code,
        organisation_code,
        -- attributes
        campaign_name_zh,
        campaign_name_en,
        campaign_type,
        target_segment,
        -- dates and times
        start_date,
        end_date,
        approved_date,
        -- amounts and counts
        budget_amount,
        target_premium_amount
    from source

)

select * from renamed
