-- Premium of first policy years over policies issued.
with seen as (
    select
        *, min(Date_last_renewal) over (partition by ID) as first_seen
    from segura_motor.policy_year
),

premiums as (
    select
        Date_last_renewal as received, cast(Premium as decimal(18, 2)) as premium,
        -- a policy's first year is the first one seen, if that begins less than half a year after the start
        Date_last_renewal = first_seen and first_seen - Date_start_contract < 365.25 / 2 as is_new
    from seen
)
,

received_by_year as (
    select date_trunc('year', received) as year_start, sum(premium) as premium from premiums where is_new group by all
),

issued_by_year as (
    select date_trunc('year', issued) as year_start, count(*) as policies
    from (select least(min(Date_start_contract), min(Date_last_renewal)) as issued from segura_motor.policy_year group by ID)
    group by all
)

select 'year' as grain, year_start as period_start_date, premium / policies as value
from received_by_year
join issued_by_year using (year_start)
