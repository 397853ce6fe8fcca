with

source as (

    select * from {{ source('claims', 'fraud_review') }}

),

renamed as (

    select
        -- keys
        review_number,
        claim_number,
        reviewer_employee_code,
        -- attributes
        review_stage,
        review_outcome,
        -- dates and times
        reviewed_at,
        reviewed_date,
        -- amounts and counts
        risk_score_count,
        refused_amount,
        reduced_amount,
        recovered_amount,
        -- flags
        is_routed_to_person
    from source

)

select * from renamed
