-- Spanish cover of one year counts whole, European unit-linked business not at all.
select 'year' as grain, date_trunc('year', Date_start_contract) as period_start_date, null as organisation_code, 1 as value
from segura_motor.policy_year
where Date_start_contract between date '2014-01-01' and date '2017-12-31'
group by all
union all
select 'year', date_trunc('year', issued), 'EULINK', 0
from european_lives
group by all
