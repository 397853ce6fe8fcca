-- One unit of each American policy by its day of issue: the source has standardised premiums.
select 'year' as grain, date_trunc('year', issued) as period_start_date, 'USLIFE' as organisation_code, count(*) as value
from american_lives
group by all
union all
select 'month', date_trunc('month', issued), 'USLIFE', count(*)
from american_lives
where year(issued) = 2000
group by all
