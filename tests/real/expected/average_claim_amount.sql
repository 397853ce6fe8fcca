-- Cost of the claims that cost anything over their number, by year of settlement; French ones by
-- year of loss.
select
    'year' as grain, date_trunc('year', settled) as period_start_date, null as organisation_code,
    sum(cast(Cost_claims_by_type as decimal(18, 2))) / count(*) as value
from spanish_claims
where Cost_claims_by_type > 0
group by all
union all
select 'year', date_trunc('year', OccurDate), 'FREMOTOR', sum(Payment) / count(*)
from french_claims
where Payment > 0
group by all
