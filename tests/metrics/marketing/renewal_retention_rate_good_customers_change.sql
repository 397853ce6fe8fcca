-- combine: value
-- 优质客户保留率同比: the rate of the period less that of the same period of the year before; whole group.
with rates as (
    select grain, period_start_date, sum(numerator) / sum(denominator) as rate
    from checked.renewal_retention_rate_good_customers
    where grain <> 'day'
    group by all
)

select
    now.grain, now.period_start_date, null as organisation_code, null as channel_code, null as product_code,
    now.rate - before.rate as value
from rates as now
inner join rates as before on before.grain = now.grain and before.period_start_date = now.period_start_date - interval 1 year
