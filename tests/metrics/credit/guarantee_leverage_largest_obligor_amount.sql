-- 最大单一履约义务人自留责任余额: liability kept on the obligor with the most of it.
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
        select max(obligor_amount)
        from (
            select sum(balance.retained_liability_amount) as obligor_amount
            from raw.lending.guarantee_balance as balance
            inner join raw.lending.guarantee_policy as policy on balance.guarantee_number = policy.guarantee_number
            where balance.balance_date = quarter_ends.balance_date
            group by policy.obligor_customer_id
        )
    ) as numerator,
    null as denominator
from quarter_ends
