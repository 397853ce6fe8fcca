-- Premium of first policy years; nothing was cancelled in a free-look period.
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

select 'year' as grain, date_trunc('year', received) as period_start_date, sum(premium) as value
from premiums
where is_new
group by all
