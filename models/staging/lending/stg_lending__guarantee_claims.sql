with

source as (

    select * from {{ source('lending', 'guarantee_claim') }}
    qualify {{ latest_delivery(['guarantee_claim_number']) }}

),

renamed as (

    select
        -- keys
        guarantee_claim_number,
        guarantee_number,
        -- dates and times
        claimed_date,
        paid_date,
        last_recovered_date,
        -- amounts and counts
        claimed_amount,
        paid_amount,
        recovered_amount
    from source

)

select * from renamed
