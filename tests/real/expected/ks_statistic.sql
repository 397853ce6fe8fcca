-- The largest distance between the shares of bad and of good borrowers up to a score.
with cumulated as (
    select distinct
        score, count_if(is_bad) over (order by score) / count_if(is_bad) over () as bads,
        count_if(not is_bad) over (order by score) / count_if(not is_bad) over () as goods
    from scored_borrowers
)

select 'month' as grain, date '2011-09-01' as period_start_date, max(abs(bads - goods)) as value
from cumulated
