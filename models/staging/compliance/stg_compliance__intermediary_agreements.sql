with

source as (

    select * from {{ source('compliance', 'intermediary_agreement') }}
    qualify {{ latest_delivery(['agreement_number']) }}

),

renamed as (

    select
        -- keys
        agreement_number,
        intermediary_code,
        -- dates and times
        signed_date,
        valid_from_date,
        valid_to_date,
        renewal_signed_date,
        -- amounts and counts
        outlets_count,
        maximum_commission_ratio
    from source

)

select * from renamed
