-- 权益类资产上限使用率: equity over total assets a quarter before times the share allowed at the solvency ratio of that quarter:
-- below 100 % a tenth, below 150 % a fifth, below 250 % 30 %, below 350 % 40 %, then half. Insurers only.
with assets as (
    select organisation_code, balance_date, item_amount,
        lag(balance_date) over (partition by organisation_code order by balance_date) as date_before,
        lag(item_amount) over (partition by organisation_code order by balance_date) as amount_before
    from raw.finance.balance_sheet_item
    where item_code = 'total_assets'
),

quarters as (
    select assets.organisation_code, assets.balance_date, assets.date_before, assets.amount_before, sum(position.book_amount) as equity
    from assets
    inner join raw.finance.investment_position as position
        on position.organisation_code = assets.organisation_code and position.position_date = assets.balance_date
    where position.asset_class in ('stock', 'equity_fund', 'unlisted_equity') and assets.date_before is not null
    group by all
),

of_periods as (
    select periods.grain, periods.period_start_date, quarters.*,
        max(quarters.balance_date) over (partition by periods.grain, periods.period_start_date) as last_date
    from periods
    inner join quarters on quarters.balance_date between periods.period_start_date and periods.period_end_date
)

select of_periods.grain, of_periods.period_start_date, of_periods.organisation_code, equity as numerator,
    amount_before * case
        when solvency.actual_capital_amount < 1.0 * solvency.minimum_capital_amount then 0.1
        when solvency.actual_capital_amount < 1.5 * solvency.minimum_capital_amount then 0.2
        when solvency.actual_capital_amount < 2.5 * solvency.minimum_capital_amount then 0.3
        when solvency.actual_capital_amount < 3.5 * solvency.minimum_capital_amount then 0.4
        else 0.5
    end as denominator
from of_periods
inner join raw.finance.solvency as solvency
    on of_periods.organisation_code = solvency.organisation_code and of_periods.date_before = solvency.quarter_end_date
where balance_date = last_date
