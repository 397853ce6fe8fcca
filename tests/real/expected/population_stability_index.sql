-- Shares of the ten bins of the approved card against those of its training sample.
with shares as (
    select bins.expected_ratio as expected, count(*) / (select count(*) from scored_borrowers) as actual
    from seeds.scorecard_score_bins as bins
    join scored_borrowers
        on scored_borrowers.score >= coalesce(bins.lower_score, -1e9) and scored_borrowers.score < coalesce(bins.upper_score, 1e9)
    group by bins.bin_number, bins.expected_ratio
)

select
    'month' as grain, date '2011-09-01' as period_start_date,
    sum(cast((actual - expected) * ln(actual / expected) as decimal(28, 15))) as value
from shares
