with

source as (

    select * from {{ source('policy_admin', 'policy_value') }}

),

renamed as (

    select
        -- keys
        policy_number,
        valuation_date,
        -- amounts and counts
        cash_value_amount,
        account_value_amount,
        policy_loan_amount,
        premium_advance_amount
    from source

)

select * from renamed
