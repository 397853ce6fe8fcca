-- combine: value
-- 群体稳定性PSI: sum over the score bins of (actual share - expected share) x ln(actual share / expected share); the expected shares
-- are those of the sample the card was made on. A bin holds its lower score and not its upper one. An empty bin counts as one
-- borrower in ten thousand, because the logarithm of nothing is infinite.
with placed as (
    select
        periods.grain,
        periods.period_start_date,
        score_bins.bin_number,
        count(scores.score) as borrowers
    from periods
    inner join scores on scores.observation_date between periods.period_start_date and periods.period_end_date
    inner join score_bins
        on
            scores.card_version = score_bins.card_version
            and scores.score >= coalesce(score_bins.lower_score, scores.score)
            and scores.score < coalesce(score_bins.upper_score, scores.score + 1)
    group by all
),

shares as (
    select
        whole.grain,
        whole.period_start_date,
        score_bins.bin_number,
        score_bins.expected_ratio,
        greatest(coalesce(placed.borrowers, 0) / whole.borrowers, 0.0001) as actual_ratio
    from (select
        grain,
        period_start_date,
        sum(borrowers) as borrowers
    from placed
    group by all) as whole
    cross join score_bins
    left join placed
        on
            whole.grain = placed.grain and whole.period_start_date = placed.period_start_date
            and score_bins.bin_number = placed.bin_number
)

select
    grain,
    period_start_date,
    sum((actual_ratio - expected_ratio) * ln(actual_ratio / expected_ratio)) as value
from shares
group by grain, period_start_date
