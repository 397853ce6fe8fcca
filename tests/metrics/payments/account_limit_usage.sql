-- 支付账户年限额使用率: paid from balances over the limits of the accounts, at the last end of a month of the period with a snapshot.
select
    periods.grain,
    periods.period_start_date,
    customer.organisation_code,
    null as channel_code,
    null as product_code,
    people.segment_code,
    balance.limit_used_amount as numerator,
    balance.annual_limit_amount as denominator
from periods
inner join raw.account.account_balance as balance
    on
        balance.balance_date = (
            select max(others.balance_date) from raw.account.account_balance as others
            where
                others.balance_date between periods.period_start_date and periods.period_end_date
                and month(others.balance_date + 1) <> month(others.balance_date)
        )
inner join latest.account as account on balance.account_number = account.account_number
left join latest.customer as customer on account.customer_id = customer.customer_id
left join people on account.customer_id = people.customer_id
