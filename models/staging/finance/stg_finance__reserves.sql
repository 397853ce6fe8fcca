with

source as (

    select * from {{ source('finance', 'reserve') }}

),

renamed as (

    select
        -- keys
        organisation_code,
        product_code,
        channel_code,
        reserve_kind,
        valuation_date,
        -- amounts and counts
        gross_amount,
        ceded_amount
    from source

)

select * from renamed
