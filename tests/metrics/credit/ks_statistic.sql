-- combine: value
-- KS值: the largest distance between the cumulative share of bad and of good borrowers, from the lowest score up.
with observed as (
    select
        periods.grain,
        periods.period_start_date,
        scores.score,
        cast(scores.is_serious_delinquent as integer) as bad
    from scores
    inner join periods on scores.observation_date between periods.period_start_date and periods.period_end_date
    where scores.is_serious_delinquent is not null
),

cumulated as (
    select distinct
        grain,
        period_start_date,
        score,
        sum(bad) over running / nullif(sum(bad) over whole, 0) as bad_share,
        sum(1 - bad) over running / nullif(sum(1 - bad) over whole, 0) as good_share
    from observed
    window
        running as (partition by grain, period_start_date order by score range between unbounded preceding and current row),
        whole as (partition by grain, period_start_date)
)

select
    grain,
    period_start_date,
    max(abs(bad_share - good_share)) as value
from cumulated
group by grain, period_start_date
