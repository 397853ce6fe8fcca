-- Policy years that ended, without a lapse by then, and were followed by another of the policy at most 30 days later.
select 'year' as grain, date_trunc('year', due) as period_start_date, count(*) filter (where is_renewed) / count(*) as value
from spanish_dues
where year(due) in (2016, 2017)
group by all
union all
select 'month', date_trunc('month', due), count(*) filter (where is_renewed) / count(*)
from spanish_dues
where year(due) = 2017
group by all
