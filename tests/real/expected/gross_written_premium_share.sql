-- All motor premium is insurance premium; of the European single premium the part for the risk is.
select 'year' as grain, date_trunc('year', Date_last_renewal) as period_start_date, null as organisation_code, 1 as value
from segura_motor.policy_year
group by all
union all
select 'year', date_trunc('year', issued), 'EULINK', sum(risk) / sum(risk + saved)
from european_lives
group by all
