with

source as (

    select * from {{ source('master_data', 'product') }}
    qualify {{ latest_delivery(['product_code']) }}

),

renamed as (

    select
        -- keys
        product_code,
        organisation_code,
        -- attributes
        product_name_zh,
        product_name_en,
        product_line,
        design_type,
        -- dates and times
        launched_date,
        updated_date,
        -- flags
        is_insurance_contract,
        is_long_term,
        is_micro_premium
    from source

)

select * from renamed
