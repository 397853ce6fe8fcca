-- Claims that cost something up to 2,000: none is settled within a day of the first day of its policy year.
select
    'year' as grain, date_trunc('year', settled) as period_start_date,
    count(*) filter (where settled - reported <= 1) / count(*) as value
from spanish_claims
where Cost_claims_by_type > 0 and Cost_claims_by_type <= 2000
group by all
