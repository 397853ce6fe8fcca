with

source as (

    select * from {{ source('lending', 'credit_application') }}
    qualify {{ latest_delivery(['application_number']) }}

),

renamed as (

    select
        -- keys
        application_number,
        customer_id,
        loan_number,
        channel_code,
        segment_code,
        decline_reason_code,
        -- attributes
        application_kind,
        decision,
        -- dates and times
        applied_at,
        application_date,
        decided_date,
        -- amounts and counts
        requested_amount,
        application_score,
        approved_limit_amount
    from source

)

select * from renamed
