-- The same of policies without a claim in the policy year that ended.
select 'year' as grain, date_trunc('year', due) as period_start_date, count(*) filter (where is_renewed) / count(*) as value
from spanish_dues
where year(due) in (2016, 2017) and not has_claim
group by all
union all
select 'month', date_trunc('month', due), count(*) filter (where is_renewed) / count(*)
from spanish_dues
where year(due) = 2017 and not has_claim
group by all
