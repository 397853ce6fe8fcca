-- 迁徙率 M0→坏账: the product of the four roll rates of the month.
-- combine: value
with steps as (
    select
        'm0' as step,
        period_start_date,
        sum(numerator) / nullif(sum(denominator), 0) as rate
    from checked.roll_rate_m0_m1
    where grain = 'month'
    group by period_start_date
    union all
    select
        'm1' as step,
        period_start_date,
        sum(numerator) / nullif(sum(denominator), 0) as rate
    from checked.roll_rate_m1_m2
    where grain = 'month'
    group by period_start_date
    union all
    select
        'm2' as step,
        period_start_date,
        sum(numerator) / nullif(sum(denominator), 0) as rate
    from checked.roll_rate_m2_m3
    where grain = 'month'
    group by period_start_date
    union all
    select
        'm3' as step,
        period_start_date,
        sum(numerator) / nullif(sum(denominator), 0) as rate
    from checked.roll_rate_m3_m4
    where grain = 'month'
    group by period_start_date
)

select
    'month' as grain,
    period_start_date,
    null as organisation_code,
    null as channel_code,
    null as product_code,
    case when count(rate) = 4 then product(rate) end as value
from steps
group by period_start_date
