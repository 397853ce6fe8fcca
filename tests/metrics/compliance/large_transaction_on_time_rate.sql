-- 大额交易报告及时率: large transactions reported by the fifth working day after them, of those whose fifth working day has come, by
-- that day.
with working_days as (
    select days.day_date
    from (select unnest(generate_series(date '2018-01-01', date '2021-12-31', interval 1 day))::date as day_date) as days
    left join seeds.holidays as holiday on days.day_date = holiday.calendar_date
    where coalesce(holiday.is_working_day, isodow(days.day_date) <= 5)
),

-- the fifth working day after the day itself
deadlines as (
    select
        records.*,
        (
            select working_days.day_date from working_days
            where working_days.day_date > records.occurred_date
            order by working_days.day_date
            limit 1 offset 4
        ) as due_date
    from latest.aml_large_transaction_report as records
)

select
    deadlines.due_date as business_date,
    deadlines.organisation_code,
    null as channel_code,
    null as product_code,
    cast(coalesce(deadlines.reported_date <= deadlines.due_date, false) as integer) as numerator,
    1 as denominator
from deadlines
cross join as_of
where deadlines.due_date <= as_of.as_of_date
