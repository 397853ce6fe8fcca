with

positions as (

    select * from {{ ref('stg_finance__investment_positions') }}

),

asset_classes as (

    select * from {{ ref('investment_asset_classes') }}

),

balance_sheet_items as (

    select * from {{ ref('stg_finance__balance_sheet_items') }}

),

solvencies as (

    select * from {{ ref('stg_finance__solvencies') }}

),

limits as (

    select * from {{ ref('equity_asset_limits') }}

),

equity as (

    select
        positions.organisation_code,
        positions.position_date,
        sum(positions.book_amount) as equity_amount
    from positions
    inner join asset_classes on positions.asset_class = asset_classes.asset_class
    where asset_classes.is_equity
    group by positions.organisation_code, positions.position_date

),

balance_sheets as (

    select
        organisation_code,
        balance_date,
        lag(balance_date) over (partition by organisation_code order by balance_date) as prior_balance_date,
        lag(item_amount) over (partition by organisation_code order by balance_date) as prior_total_assets_amount
    from balance_sheet_items
    where item_code = 'total_assets'

),

-- A company without a solvency report, which is no insurer, has no limit.
limited as (

    select
        balance_sheets.balance_date,
        balance_sheets.organisation_code,
        equity.equity_amount,
        balance_sheets.prior_total_assets_amount,
        cast(
            solvencies.actual_capital_amount / nullif(solvencies.minimum_capital_amount, 0) as decimal(18, 4)
        ) as prior_solvency_ratio
    from balance_sheets
    inner join equity
        on
            balance_sheets.organisation_code = equity.organisation_code
            and balance_sheets.balance_date = equity.position_date
    left join solvencies
        on
            balance_sheets.organisation_code = solvencies.organisation_code
            and balance_sheets.prior_balance_date = solvencies.quarter_end_date
    where balance_sheets.prior_balance_date is not null

),

quarterly as (

    select
        limited.balance_date,
        limited.organisation_code,
        cast(limited.equity_amount as decimal(18, 2)) as equity_amount,
        limited.prior_total_assets_amount,
        cast(case when limits.limit_ratio is not null then limited.equity_amount else 0 end as decimal(18, 2)) as limited_equity_amount,
        cast(coalesce(limited.prior_total_assets_amount * limits.limit_ratio, 0) as decimal(18, 2)) as permitted_equity_amount
    from limited
    left join limits
        on
            limited.prior_solvency_ratio >= limits.solvency_from_ratio
            and limited.prior_solvency_ratio < limits.solvency_below_ratio

)

select * from quarterly
