-- Premium of every policy year on the day it begins: by year and quarter, the twelve months and the year up to each month of 2017, and
-- by year in the area, channel and kind of vehicle of the policy's first year. European single and French premiums by year.
with premiums as (
    select
        Date_last_renewal as received, cast(Premium as decimal(18, 2)) as premium,
        if(first_value(Area) over life = 0, 'SEGURA_RURAL', 'SEGURA_URBAN') as area,
        if(first_value(Distribution_channel) over life = 0, 'AGENT', 'BROKER') as channel,
        ['MOTORBIKE', 'VAN', 'CAR', 'AGRICULTURAL'][first_value(Type_risk) over life] as vehicle
    from segura_motor.policy_year
    window life as (partition by ID order by Date_last_renewal)
),

month_ends as (
    select make_date(2017, m, 1) as month_start, last_day(make_date(2017, m, 1)) as month_end from range(1, 13) as months(m)
)

select
    'year' as grain, date_trunc('year', received) as period_start_date, null as period_end_date, area as organisation_code,
    channel as channel_code, vehicle as product_code, sum(premium) as value
from premiums
group by grouping sets (
    (date_trunc('year', received)), (date_trunc('year', received), area), (date_trunc('year', received), channel),
    (date_trunc('year', received), vehicle), (date_trunc('year', received), channel, vehicle)
)
union all
select 'quarter', date_trunc('quarter', received), null, null, null, null, sum(premium)
from premiums
group by all
union all
select 'month', month_start, month_end, null, null, null, sum(premium)
from month_ends
join premiums on received between month_start and month_end
group by all
union all
select 'rolling_12', month_start - interval 11 months, month_end, null, null, null, sum(premium)
from month_ends
join premiums on received between month_start - interval 11 months and month_end
group by all
union all
select 'year_to_date', date '2017-01-01', month_end, null, null, null, sum(premium)
from month_ends
join premiums on received between date '2017-01-01' and month_end
group by all
union all
select 'year', date_trunc('year', issued), null, 'EULINK', null, null, sum(risk + saved)
from european_lives
group by all
union all
select 'year', make_date(year_number, 1, 1), null, 'FREMOTOR', null, null, sum(premium)
from french_years
group by all
