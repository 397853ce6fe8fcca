-- All of it is insurance premium.
select 'year' as grain, date_trunc('year', Date_last_renewal) as period_start_date, sum(cast(Premium as decimal(18, 2))) as value
from segura_motor.policy_year
group by all
