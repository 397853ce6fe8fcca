with

source as (

    select * from {{ source('finance', 'budget') }}

),

renamed as (

    select
        -- keys
        budget_number,
        organisation_code,
        channel_code,
        account_code,
        -- dates and times
        period_start_date,
        period_end_date,
        approved_date,
        -- amounts and counts
        budget_amount
    from source

)

select * from renamed
