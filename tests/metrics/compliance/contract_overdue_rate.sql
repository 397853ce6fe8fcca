-- 合同逾期率: at the end of the period (or the as-of date), contracts with a milestone past its date and not done, over contracts to
-- be performed: with a milestone due in the last month of the period, or due before and not done when that month began.
with snapshots as (
    select
        periods.grain,
        periods.period_start_date,
        least(periods.period_end_date, as_of.as_of_date) as snapshot_date,
        date_trunc('month', least(periods.period_end_date, as_of.as_of_date))::date as month_start_date
    from periods
    cross join as_of
    where periods.grain <> 'day'
)

select
    snapshots.grain,
    snapshots.period_start_date,
    contract.organisation_code,
    null as channel_code,
    null as product_code,
    max(cast(
        milestone.due_date < snapshots.snapshot_date
        and (milestone.done_date is null or milestone.done_date > snapshots.snapshot_date) as integer
    )) as numerator,
    1 as denominator
from snapshots
inner join latest.contract_milestone as milestone
    on
        milestone.due_date <= snapshots.snapshot_date
        and (
            milestone.due_date >= snapshots.month_start_date
            or milestone.done_date is null
            or milestone.done_date >= snapshots.month_start_date
        )
inner join latest.contract as contract on milestone.contract_number = contract.contract_number
group by snapshots.grain, snapshots.period_start_date, contract.organisation_code, contract.contract_number
