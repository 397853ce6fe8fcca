-- 时间进度达成率: scale premium of the year to the end of the period over the year's plan x elapsed days / days of the year.
-- Plans are set for companies.
with daily as (
    select * from checked.gross_scale_premium
    where grain = 'day'
)

select
    periods.grain,
    periods.period_start_date,
    daily.organisation_code,
    daily.channel_code,
    daily.product_code,
    daily.numerator,
    0 as denominator
from periods
inner join daily
    on daily.period_start_date between date_trunc('year', periods.period_end_date) and periods.period_end_date
union all
select
    periods.grain,
    periods.period_start_date,
    plan.organisation_code,
    null,
    null,
    0,
    plan.planned_premium_amount * dayofyear(periods.period_end_date)
    / dayofyear(make_date(year(periods.period_end_date), 12, 31))
from periods
inner join plan on plan.plan_year = year(periods.period_end_date)
