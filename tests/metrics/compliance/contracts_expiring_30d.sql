-- 30天内到期合同数: approved contracts whose last day is 0 to 30 days after the end of the period (or the as-of date), with no renewal
-- started by then.
select
    periods.grain,
    periods.period_start_date,
    contract.organisation_code,
    null as channel_code,
    null as product_code,
    1 as numerator,
    null as denominator
from latest.contract as contract
cross join as_of
inner join periods
    on
        contract.expiry_date - least(periods.period_end_date, as_of.as_of_date) between 0 and 30
        and contract.approved_date <= periods.period_end_date
where contract.renewal_started_date is null or contract.renewal_started_date > periods.period_end_date
