-- 权益类资产占比: stocks, equity funds and unlisted equity at the last quarter end of the period over total assets a quarter before.
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

select grain, period_start_date, organisation_code, equity as numerator, amount_before as denominator
from of_periods
where balance_date = last_date
