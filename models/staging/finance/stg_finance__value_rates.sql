with

source as (

    select * from {{ source('finance', 'value_rate') }}

),

renamed as (

    select
        -- keys
        product_code,
        channel_code,
        valid_from_date,
        -- dates and times
        approved_date,
        -- amounts and counts
        margin_ratio
    from source

)

select * from renamed
