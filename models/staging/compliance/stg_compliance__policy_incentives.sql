with

source as (

    select * from {{ source('compliance', 'policy_incentive') }}

),

renamed as (

    select
        -- keys
        policy_number,
        -- dates and times
        granted_date,
        -- amounts and counts
        bonus_amount,
        gift_amount,
        first_cash_value_amount
    from source

)

select * from renamed
