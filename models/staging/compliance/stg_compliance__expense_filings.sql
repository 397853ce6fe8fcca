with

source as (

    select * from {{ source('compliance', 'expense_filing') }}
    qualify {{ latest_delivery(['channel_code', 'product_code', 'valid_from_date']) }}

),

renamed as (

    select
        -- keys
        channel_code,
        product_code,
        valid_from_date,
        -- dates and times
        valid_to_date,
        filed_date,
        -- amounts and counts
        filed_ratio
    from source

)

select * from renamed
