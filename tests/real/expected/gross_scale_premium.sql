-- Premium of every policy year on the day it begins, by year and by month of 2017, and by the area of the policy's first year.
with premiums as (
    select
        Date_last_renewal as received, cast(Premium as decimal(18, 2)) as premium,
        first_value(Area) over (partition by ID order by Date_last_renewal) as area
    from segura_motor.policy_year
)

select
    'year' as grain, date_trunc('year', received) as period_start_date,
    case when grouping(area) = 0 then if(area = 0, 'SEGURA_RURAL', 'SEGURA_URBAN') end as organisation_code, sum(premium) as value
from premiums
group by grouping sets ((date_trunc('year', received)), (date_trunc('year', received), area))
union all
select 'month', date_trunc('month', received), null, sum(premium)
from premiums
where year(received) = 2017
group by all
