-- Claims whose policy year is under way at the end of the period.
with claims as (
    -- the 132 repeated rows are one claim each; the cost of the year finds the policy year, the earlier one of two
    select distinct_rows.*, min(years.Date_last_renewal) as reported, min(years.Date_next_renewal) as settled
    from (select distinct * from segura_motor.claim_by_type) as distinct_rows
    join segura_motor.policy_year as years
        on distinct_rows.ID = years.ID and distinct_rows.Cost_claims_year = years.Cost_claims_year
    group by all
)

select
    'year' as grain, make_date(year_number, 1, 1) as period_start_date,
    count(*) as value
from range(2015, 2019) as years(year_number)
join claims on claims.reported <= make_date(year_number, 12, 31) and claims.settled > make_date(year_number, 12, 31)
group by all
