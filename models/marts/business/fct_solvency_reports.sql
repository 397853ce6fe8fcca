with

solvencies as (

    select * from {{ ref('stg_finance__solvencies') }}

),

reports as (

    select
        organisation_code,
        quarter_end_date,
        report_date,
        risk_rating,
        core_capital_amount,
        actual_capital_amount,
        minimum_capital_amount,
        cast(total_assets_amount - other_liability_amount + expense_adjustment_amount as decimal(18, 2)) as covering_assets_amount,
        policy_reserve_amount
    from solvencies

)

select * from reports
