-- combine: value
-- 投保—承保转化率较30日变动: the rate of the day over the rate of the 30 days that end with it, less 1; whole group.
with days as (
    select period_start_date as day_date from periods where grain = 'day'
),

records as (
    select * from checked.application_to_issue_rate where grain = 'day'
)

select
    'day' as grain,
    days.day_date as period_start_date,
    null as organisation_code,
    null as channel_code,
    null as product_code,
    (sum(records.numerator) filter (where records.period_start_date = days.day_date)
    / nullif(sum(records.denominator) filter (where records.period_start_date = days.day_date), 0))
    / nullif(sum(records.numerator) / nullif(sum(records.denominator), 0), 0) - 1 as value
from days
inner join records on records.period_start_date between days.day_date - 29 and days.day_date
group by days.day_date
having sum(records.denominator) filter (where records.period_start_date = days.day_date) > 0
