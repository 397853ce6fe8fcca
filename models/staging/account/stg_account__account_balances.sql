with

source as (

    select * from {{ source('account', 'account_balance') }}

),

renamed as (

    select
        -- keys
        account_number,
        balance_date,
        -- amounts and counts
        balance_amount,
        money_fund_amount,
        limit_used_amount,
        annual_limit_amount
    from source

)

select * from renamed
