-- 客户总资产: balances + money funds + (cash value + account value - policy loans - premiums advanced) of the last
-- quarter end of the period on which anything was valued.
with parts as (
    select 'balance' as part, balance.balance_date as day, account.customer_id, customer.organisation_code, balance.balance_amount as amount
    from raw.account.account_balance as balance
    inner join latest.account as account on balance.account_number = account.account_number
    inner join latest.customer as customer on account.customer_id = customer.customer_id
    union all
    select 'fund', balance.balance_date, account.customer_id, customer.organisation_code, balance.money_fund_amount
    from raw.account.account_balance as balance
    inner join latest.account as account on balance.account_number = account.account_number
    inner join latest.customer as customer on account.customer_id = customer.customer_id
    union all
    select
        'policy', worth.valuation_date, policy.customer_id, policy.organisation_code,
        worth.cash_value_amount + worth.account_value_amount - worth.policy_loan_amount - worth.premium_advance_amount
    from raw.policy_admin.policy_value as worth
    inner join raw.policy_admin.policy as policy on worth.policy_number = policy.policy_number
)

select
    periods.grain,
    periods.period_start_date,
    parts.organisation_code,
    null as channel_code,
    null as product_code,
    people.segment_code,
    parts.part,
    parts.amount as numerator,
    null as denominator
from parts
inner join periods on parts.day between periods.period_start_date and periods.period_end_date and periods.grain in ('quarter', 'year')
inner join people on parts.customer_id = people.customer_id
where (month(parts.day), day(parts.day)) in ((3, 31), (6, 30), (9, 30), (12, 31))
qualify parts.day = max(parts.day) over (partition by periods.grain, periods.period_start_date)
