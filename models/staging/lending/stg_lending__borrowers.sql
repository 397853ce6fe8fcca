with

source as (

    select * from {{ source('lending', 'borrower') }}

),

renamed as (

    select
        -- keys
        borrower_number,
        loan_number,
        -- dates and times
        observation_date,
        -- amounts and counts
        age,
        monthly_income_amount,
        debt_ratio,
        revolving_utilisation_ratio,
        open_credit_line_count,
        real_estate_loan_count,
        dependant_count,
        past_due_30_59_count,
        past_due_60_89_count,
        past_due_90_count,
        long_term_policy_count,
        -- flags
        is_serious_delinquent
    from source

)

select * from renamed
