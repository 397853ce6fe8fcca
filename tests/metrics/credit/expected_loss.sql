-- 预期损失: PD at issue (1 from 90 days past due) times loss given default times liability kept, guarantees outstanding at the end
-- of the period's last quarter.
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
),

-- what was not recovered of everything paid until the date; one half before the first payment
losses as (
    select
        quarter_ends.*,
        coalesce(1 - sum(case when claim.last_recovered_date <= quarter_ends.balance_date then claim.recovered_amount else 0 end)
        / sum(claim.paid_amount), 0.5) as loss_given_default
    from quarter_ends
    left join latest.guarantee_claim as claim on quarter_ends.balance_date >= claim.paid_date
    group by all
)

select
    losses.grain,
    losses.period_start_date,
    null as organisation_code,
    null as channel_code,
    null as product_code,
    round(sum(
        case when balance.days_past_due >= 90 then 1 else policy.estimated_default_ratio end
        * losses.loss_given_default * balance.retained_liability_amount
    ), 2) as numerator,
    null as denominator
from losses
inner join raw.lending.guarantee_balance as balance on losses.balance_date = balance.balance_date
inner join raw.lending.guarantee_policy as policy on balance.guarantee_number = policy.guarantee_number
group by losses.grain, losses.period_start_date
