-- One tenth of the European single premium, to the cent by policy; one unit of each American policy; nothing of Spanish cover of one
-- year.
select
    'year' as grain, date_trunc('year', issued) as period_start_date, 'EULINK' as organisation_code,
    sum(cast((risk + saved) * 0.1 as decimal(18, 2))) as value
from european_lives
group by all
union all
select 'year', date_trunc('year', issued), 'USLIFE', count(*)
from american_lives
group by all
union all
select 'year', date_trunc('year', Date_start_contract), null, 0
from segura_motor.policy_year
where Date_start_contract between date '2014-01-01' and date '2017-12-31'
group by all
