-- 融资性信保自留责任余额倍数: the same of guarantees that back financing.
with quarter_ends as (
    select
        periods.grain,
        periods.period_start_date,
        max(balance.balance_date) as balance_date
    from periods
    inner join raw.lending.guarantee_balance as balance
        on balance.balance_date between periods.period_start_date and periods.period_end_date
    where periods.grain in ('quarter', 'year')
    group by all
)

select
    quarter_ends.grain,
    quarter_ends.period_start_date,
    null as organisation_code,
    null as channel_code,
    null as product_code,
    (
        select sum(balance.retained_liability_amount)
        from raw.lending.guarantee_balance as balance
        inner join raw.lending.guarantee_policy as policy on balance.guarantee_number = policy.guarantee_number
        where balance.balance_date = quarter_ends.balance_date and policy.is_financing
    ) as numerator,
    (
        select sum(item.item_amount)
        from raw.finance.balance_sheet_item as item
        inner join latest.organisation as organisation on item.organisation_code = organisation.organisation_code
        where
            item.item_code = 'net_assets' and organisation.company_type = 'property' and organisation.organisation_level = 1
            and item.balance_date = date_trunc('quarter', quarter_ends.balance_date)::date - 1
    ) as denominator
from quarter_ends
