with

source as (

    select * from {{ source('lending', 'bureau_report') }}

),

renamed as (

    select
        -- keys
        report_number,
        application_number,
        bureau_code,
        -- dates and times
        queried_date,
        -- amounts and counts
        bureau_score,
        open_loan_count,
        total_balance_amount,
        utilisation_ratio,
        six_month_inquiry_count,
        worst_past_due_days,
        -- flags
        is_listed_defaulter
    from source

)

select * from renamed
