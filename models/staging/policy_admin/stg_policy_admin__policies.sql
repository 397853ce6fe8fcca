with

source as (

    select * from {{ source('policy_admin', 'policy') }}

),

renamed as (

    select
        -- keys
        policy_number,
        customer_id,
        product_code,
        organisation_code,
        channel_code,
        intermediary_code,
        employee_code,
        -- attributes
        payment_frequency,
        -- dates and times
        application_date,
        issued_at,
        issue_date,
        effective_date,
        expiry_date,
        free_look_end_date,
        -- amounts and counts
        payment_term_years,
        coverage_term_years,
        premium_amount,
        sum_insured_amount,
        applicant_age,
        -- flags
        is_electronic
    from source

)

select * from renamed
