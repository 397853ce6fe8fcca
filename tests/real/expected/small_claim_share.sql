-- Claims without injuries that cost up to 5,000 over claims that cost anything: of both motor insurers.
select
    'year' as grain, date_trunc('year', settled) as period_start_date, null as organisation_code,
    count(*) filter (where Claims_type <> 'injuries' and Cost_claims_by_type <= 5000) / count(*) as value
from spanish_claims
where Cost_claims_by_type > 0
group by all
union all
select 'year', date_trunc('year', OccurDate), 'FREMOTOR', count(*) filter (where Payment <= 5000) / count(*)
from french_claims
where Payment > 0
group by all
