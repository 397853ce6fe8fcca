with

source as (

    select * from {{ source('lending', 'guarantee_policy') }}

),

renamed as (

    select
        -- keys
        guarantee_number,
        obligor_customer_id,
        lender_code,
        -- attributes
        guarantee_kind,
        -- dates and times
        issue_date,
        maturity_date,
        -- amounts and counts
        term_months,
        insured_principal_amount,
        retained_ratio,
        retained_liability_amount,
        premium_amount,
        obligor_score,
        estimated_default_ratio,
        -- flags
        is_financing
    from source

)

select * from renamed
