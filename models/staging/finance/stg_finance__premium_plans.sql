with

source as (

    select * from {{ source('finance', 'premium_plan') }}

),

renamed as (

    select
        -- keys
        plan_year,
        organisation_code,
        channel_code,
        -- dates and times
        approved_date,
        -- amounts and counts
        planned_premium_amount
    from source

)

select * from renamed
