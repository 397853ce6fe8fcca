-- 合同审批时效: working days after the day of handing in, up to the day of final approval, less those with the department for
-- corrections, per contract approved.
with working_days as (
    select days.day_date
    from (select unnest(generate_series(date '2018-01-01', date '2021-12-31', interval 1 day))::date as day_date) as days
    left join seeds.holidays as holiday on days.day_date = holiday.calendar_date
    where coalesce(holiday.is_working_day, isodow(days.day_date) <= 5)
)

select
    contract.approved_date as business_date,
    contract.organisation_code,
    null as channel_code,
    null as product_code,
    (
        select count(*) from working_days
        where working_days.day_date > contract.submitted_date and working_days.day_date <= contract.approved_date
    ) - coalesce(contract.returned_days, 0) as numerator,
    1 as denominator
from latest.contract as contract
where contract.approved_date is not null
