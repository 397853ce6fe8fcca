with

source as (

    select * from {{ source('compliance', 'vendor_payment') }}

),

renamed as (

    select
        -- keys
        vendor_payment_number,
        organisation_code,
        related_intermediary_code,
        -- attributes
        vendor_name,
        payment_purpose,
        -- dates and times
        paid_date,
        -- amounts and counts
        payment_amount
    from source

)

select * from renamed
