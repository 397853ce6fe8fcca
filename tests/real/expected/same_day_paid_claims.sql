-- Claims that cost anything, settled on the first day of their policy year: none.
select 'year' as grain, date_trunc('year', settled) as period_start_date, count(*) filter (where settled = reported) as value
from spanish_claims
where Cost_claims_by_type > 0
group by all
