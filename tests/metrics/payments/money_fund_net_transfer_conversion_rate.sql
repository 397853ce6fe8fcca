-- 货币基金转化率: purchases of money funds over the average idle balance, of every cut.
-- combine: value
with purchases as (
    select
        periods.grain,
        periods.period_start_date,
        tree.company_code,
        tree.branch_code,
        transfers.segment_code,
        transfers.numerator as amount
    from checked.money_fund_net_transfer as transfers
    left join organisation_tree as tree on transfers.organisation_code = tree.organisation_code
    inner join periods on transfers.period_start_date between periods.period_start_date and periods.period_end_date
    where transfers.grain = 'day' and transfers.numerator > 0
)

select
    average.grain,
    average.period_start_date,
    average.dimension_set,
    average.organisation_code,
    average.segment_code,
    coalesce(sum(purchases.amount), 0) / nullif(average.value, 0) as value
from checked.idle_balance_average as average
left join purchases
    on
        average.grain = purchases.grain
        and average.period_start_date = purchases.period_start_date
        and (
            average.organisation_code is null
            or average.organisation_code = case when average.dimension_set = 'organisation' then purchases.branch_code else purchases.company_code end
        )
        and (average.segment_code is null or average.segment_code = purchases.segment_code)
group by average.grain, average.period_start_date, average.dimension_set, average.organisation_code, average.segment_code, average.value
