with

source as (

    select * from {{ source('compliance', 'intermediary_insurance') }}

),

renamed as (

    select
        -- keys
        security_number,
        intermediary_code,
        -- attributes
        security_kind,
        provider_name,
        -- dates and times
        signed_date,
        valid_from_date,
        valid_to_date,
        -- amounts and counts
        secured_amount
    from source

)

select * from renamed
