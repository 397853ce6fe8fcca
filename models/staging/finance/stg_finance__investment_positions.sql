with

source as (

    select * from {{ source('finance', 'investment_position') }}

),

renamed as (

    select
        -- keys
        organisation_code,
        account_kind,
        asset_class,
        position_date,
        -- amounts and counts
        book_amount,
        fair_value_amount,
        income_amount,
        fair_value_change_amount,
        exchange_gain_amount,
        impairment_amount,
        interest_expense_amount,
        unrealised_change_amount
    from source

)

select * from renamed
