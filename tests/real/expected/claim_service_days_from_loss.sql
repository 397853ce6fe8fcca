-- The same as loss_to_payment_days: days from the first day of the policy year to the next renewal, of claims that cost anything.
select 'year' as grain, date_trunc('year', settled) as period_start_date, sum(settled - reported) / count(*) as value
from spanish_claims
where Cost_claims_by_type > 0
group by all
