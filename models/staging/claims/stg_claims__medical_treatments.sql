with

source as (

    select * from {{ source('claims', 'medical_treatment') }}

),

renamed as (

    select
        -- keys
        treatment_number,
        claim_number,
        hospital_code,
        -- attributes
        treatment_kind,
        diagnosis_group,
        -- dates and times
        recorded_date,
        first_visit_date,
        admitted_date,
        discharged_date,
        -- amounts and counts
        stay_days_count,
        home_distance_km,
        face_match_ratio,
        -- flags
        is_referral,
        has_spending_elsewhere
    from source

)

select * from renamed
