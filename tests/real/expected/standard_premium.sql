-- One-year cover counts whole: the first premium seen, by year of issue.
with policies as (
    select
        least(min(Date_start_contract), min(Date_last_renewal)) as issued,
        arg_min(cast(Premium as decimal(18, 2)), Date_last_renewal) as premium
    from segura_motor.policy_year
    group by ID
)

select 'year' as grain, date_trunc('year', issued) as period_start_date, sum(premium) as value
from policies
where issued >= date '2013-01-01'
group by all
