-- The same of the premium: every instalment is one unit, paid by policies in force when the 60 days of grace are over.
select 'year' as grain, date_trunc('year', reported) as period_start_date, count(*) filter (where is_kept) / count(*) as value
from american_persistency
where months = 61
group by all
union all
select 'month', reported, count(*) filter (where is_kept) / count(*)
from american_persistency
where months = 61 and year(reported) = 2003
group by all
