-- The source has one date for application and issue: all policies are in time.
select 'year' as grain, date_trunc('year', Date_start_contract) as period_start_date, count(*) / count(*) as value
from segura_motor.policy_year
where Date_start_contract between date '2014-01-01' and date '2017-12-31'
group by all
