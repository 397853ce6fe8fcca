-- The Spanish insurer sells through agents and brokers alone: nothing through the insurer itself.
with premiums as (
    select
        unnest([
            {'grain': 'year', 'start': date_trunc('year', Date_last_renewal)},
            {'grain': 'quarter', 'start': date_trunc('quarter', Date_last_renewal)}
        ]) as period,
        cast(Premium as decimal(18, 2)) as premium,
        first_value(Distribution_channel) over (partition by ID order by Date_last_renewal) as channel
    from segura_motor.policy_year
)

select period.grain, period.start as period_start_date, 0 as value
from premiums
group by all
