-- Claims that cost anything over claims, by year of settlement; French ones by year of loss.
select
    'year' as grain, date_trunc('year', settled) as period_start_date, null as organisation_code,
    count(*) filter (where Cost_claims_by_type > 0) / count(*) as value
from spanish_claims
group by all
union all
select 'year', date_trunc('year', OccurDate), 'FREMOTOR', count(*) filter (where Payment > 0) / count(*)
from french_claims
group by all
