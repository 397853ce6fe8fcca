-- All motor premium is insurance premium, and the risk premium of the European single premium.
select
    'year' as grain, date_trunc('year', Date_last_renewal) as period_start_date, null as organisation_code,
    sum(cast(Premium as decimal(18, 2))) as value
from segura_motor.policy_year
group by all
union all
select 'year', date_trunc('year', issued), 'EULINK', sum(risk)
from european_lives
group by all
union all
select 'year', make_date(year_number, 1, 1), 'FREMOTOR', sum(premium)
from french_years
group by all
