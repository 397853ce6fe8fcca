-- combine: value
-- AUC: the probability that a bad borrower scores lower than a good one; equal scores count half.
with observed as (
    select
        periods.grain,
        periods.period_start_date,
        scores.score,
        scores.is_serious_delinquent as is_bad
    from scores
    inner join periods on scores.observation_date between periods.period_start_date and periods.period_end_date
    where scores.is_serious_delinquent is not null
),

pairs as (
    select
        bad.grain,
        bad.period_start_date,
        case when bad.score < good.score then 1.0 when bad.score = good.score then 0.5 else 0.0 end as is_ordered
    from observed as bad
    inner join observed as good on bad.grain = good.grain and bad.period_start_date = good.period_start_date
    where bad.is_bad and not good.is_bad
)

select
    grain,
    period_start_date,
    sum(is_ordered) / count(*) as value
from pairs
group by grain, period_start_date
