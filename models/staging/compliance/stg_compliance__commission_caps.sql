with

source as (

    select * from {{ source('compliance', 'commission_cap') }}
    qualify {{ latest_delivery(['channel_code', 'product_code', 'payment_term_years', 'valid_from_date']) }}

),

renamed as (

    select
        -- keys
        channel_code,
        product_code,
        payment_term_years,
        valid_from_date,
        -- dates and times
        valid_to_date,
        filed_date,
        -- amounts and counts
        cap_ratio
    from source

)

select * from renamed
