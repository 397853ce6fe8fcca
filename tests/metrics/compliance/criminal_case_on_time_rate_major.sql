-- 重大涉刑案件报送及时率: the same of major cases: 100 million involved, or an exposure of 50 million that is a tenth of net assets.
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
            where working_days.day_date > records.known_date
            order by working_days.day_date
            limit 1 offset 4
        ) as due_date
    from latest.criminal_case as records
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
    and (
        deadlines.involved_amount >= 100000000
        or (deadlines.exposure_amount >= 50000000 and deadlines.exposure_amount >= 0.1 * deadlines.net_asset_amount)
    )
