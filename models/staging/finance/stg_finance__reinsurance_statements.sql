with

source as (

    select * from {{ source('finance', 'reinsurance_statement') }}

),

renamed as (

    select
        -- keys
        statement_number,
        organisation_code,
        reinsurer_code,
        product_code,
        -- dates and times
        statement_date,
        -- amounts and counts
        ceded_premium_amount,
        ceding_commission_amount,
        recovered_claim_amount
    from source

)

select * from renamed
