with

source as (

    select * from {{ source('scenario', 'product_parameter') }}
    qualify {{ latest_delivery(['product_code', 'parameter_code', 'parameter_basis']) }}

),

renamed as (

    select
        -- keys
        product_code,
        parameter_code,
        parameter_basis,
        unit_code,
        -- dates and times
        updated_date,
        -- amounts and counts
        parameter_level
    from source

)

select * from renamed
