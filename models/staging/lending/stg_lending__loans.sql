with

source as (

    select * from {{ source('lending', 'loan') }}
    qualify {{ latest_delivery(['loan_number']) }}

),

renamed as (

    select
        -- keys
        loan_number,
        customer_id,
        organisation_code,
        channel_code,
        product_code,
        -- attributes
        decision,
        -- dates and times
        application_date,
        decided_date,
        disbursed_date,
        -- amounts and counts
        credit_limit_amount,
        principal_amount,
        annual_interest_ratio,
        term_months
    from source

)

select * from renamed
