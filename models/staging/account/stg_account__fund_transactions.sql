with

source as (

    select * from {{ source('account', 'fund_transaction') }}

),

renamed as (

    select
        -- keys
        transaction_number,
        order_number,
        account_number,
        fund_code,
        -- attributes
        transaction_type,
        -- dates and times
        requested_date,
        confirmed_date,
        -- amounts and counts
        transaction_amount,
        unit_count
    from source

)

select * from renamed
