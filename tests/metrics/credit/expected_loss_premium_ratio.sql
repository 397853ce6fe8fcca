-- 预期损失保费比: expected loss of the guarantees outstanding over their premium.
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
    expected.grain,
    expected.period_start_date,
    null as organisation_code,
    null as channel_code,
    null as product_code,
    expected.numerator,
    (
        select sum(policy.premium_amount)
        from raw.lending.guarantee_balance as balance
        inner join raw.lending.guarantee_policy as policy on balance.guarantee_number = policy.guarantee_number
        where balance.balance_date = quarter_ends.balance_date
    ) as denominator
from checked.expected_loss as expected
inner join quarter_ends
    on expected.grain = quarter_ends.grain and expected.period_start_date = quarter_ends.period_start_date
