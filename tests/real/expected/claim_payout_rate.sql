-- Claims that cost anything over claims, by year of settlement.
with claims as (
    -- the 132 repeated rows are one claim each; the cost of the year finds the policy year, the earlier one of two
    select distinct_rows.*, min(years.Date_last_renewal) as reported, min(years.Date_next_renewal) as settled
    from (select distinct * from segura_motor.claim_by_type) as distinct_rows
    join segura_motor.policy_year as years
        on distinct_rows.ID = years.ID and distinct_rows.Cost_claims_year = years.Cost_claims_year
    group by all
)

select
    'year' as grain, date_trunc('year', settled) as period_start_date,
    count(*) filter (where Cost_claims_by_type > 0) / count(*) as value
from claims
group by all
