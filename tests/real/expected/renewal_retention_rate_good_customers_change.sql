-- Retention of policies without a claim in 2017 less that of 2016.
select
    'year' as grain, date '2017-01-01' as period_start_date,
    count(*) filter (where is_renewed and year(due) = 2017) / count(*) filter (where year(due) = 2017)
    - count(*) filter (where is_renewed and year(due) = 2016) / count(*) filter (where year(due) = 2016) as value
from spanish_dues
where not has_claim
