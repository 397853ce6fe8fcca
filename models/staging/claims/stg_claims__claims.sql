with

source as (

    select * from {{ source('claims', 'claim') }}

),

renamed as (

    select
        -- keys
        claim_number,
        policy_number,
        -- attributes
        claim_type,
        report_method,
        -- dates and times
        loss_date,
        reported_at,
        reported_date,
        -- amounts and counts
        claimed_amount,
        -- flags
        is_injury
    from source

)

select * from renamed
