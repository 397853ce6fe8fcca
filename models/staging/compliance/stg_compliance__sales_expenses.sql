with

source as (

    select * from {{ source('compliance', 'sales_expense') }}

),

renamed as (

    select
        -- keys
        channel_code,
        product_code,
        period_end_date,
        expense_kind,
        -- amounts and counts
        expense_amount,
        premium_amount
    from source

)

select * from renamed
