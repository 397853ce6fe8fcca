-- Share of pairs of a bad and a good borrower in which the bad one has fewer points, equal points counting half.
with ranked as (
    select is_bad, rank() over (order by score) + (count(*) over (partition by score) - 1) / 2 as mean_rank from scored_borrowers
),

summed as (
    select sum(mean_rank) filter (where not is_bad) as good_ranks, count_if(is_bad) as bads, count_if(not is_bad) as goods from ranked
)

select 'month' as grain, date '2011-09-01' as period_start_date, (good_ranks - goods * (goods + 1) / 2) / (bads * goods) as value
from summed
