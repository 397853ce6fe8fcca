-- Premium of the year over that of the year before, less one; 2018 to 2016 have a year before.
with years as (
    select date_trunc('year', Date_last_renewal) as year_start, sum(cast(Premium as decimal(18, 2))) as premium
    from segura_motor.policy_year
    group by all
)

select 'year' as grain, this.year_start as period_start_date, null as organisation_code, this.premium / before.premium - 1 as value
from years as this
join years as before on before.year_start = this.year_start - interval 1 year
union all
select
    'year', date '2004-01-01', 'FREMOTOR',
    sum(premium) filter (where year_number = 2004) / sum(premium) filter (where year_number = 2003) - 1
from french_years
