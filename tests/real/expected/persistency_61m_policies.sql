-- American policies in force 60 days after 60 months, over those not ended by death until then.
select 'year' as grain, date_trunc('year', reported) as period_start_date, count(*) filter (where is_kept) / count(*) as value
from american_persistency
where months = 61
group by all
union all
select 'month', reported, count(*) filter (where is_kept) / count(*)
from american_persistency
where months = 61 and year(reported) = 2003
group by all
