with

source as (

    select * from {{ source('finance', 'solvency') }}

),

renamed as (

    select
        -- keys
        organisation_code,
        quarter_end_date,
        -- attributes
        risk_rating,
        -- dates and times
        report_date,
        -- amounts and counts
        actual_capital_amount,
        core_capital_amount,
        supplementary_capital_amount,
        minimum_capital_amount,
        insurance_risk_capital_amount,
        market_risk_capital_amount,
        credit_risk_capital_amount,
        total_assets_amount,
        other_liability_amount,
        expense_adjustment_amount,
        policy_reserve_amount
    from source

)

select * from renamed
